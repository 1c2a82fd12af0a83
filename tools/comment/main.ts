/** The action of action.yml, as GitHub's runner starts it: by Node alone, without any package. */
import { givenWorkflowRun } from '../../config/workflow-run.ts';
import { GitHub } from './github.ts';
import { writeOutcome } from './write.ts';

try {
  const { run, repository, api, token } = givenWorkflowRun();
  console.log(await writeOutcome(run, repository, new GitHub({ api, repository, token })));
} catch (error) {
  // A line break would end the annotation, and begin a command of the runner.
  console.log(`::error::${(error as Error).message.replaceAll(/[\r\n]+/g, ' ')}`);
  process.exitCode = 1;
}
