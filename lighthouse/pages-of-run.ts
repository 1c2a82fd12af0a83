/** All pages of one role, by one user who signs in once. */
import type { Role } from '../config/roles.ts';
import type { Account } from '../fixtures/accounts.ts';
import { firstLine } from '../measure/errors/foreign-texts.ts';
import { Interruption, orInterrupted } from '../measure/steps/failure.ts';
import type { OpenRun } from '../runner/open-run.ts';
import type { AuditBrowser } from './audit-browser.ts';
import type { AuditSession } from './audit-session.ts';
import { figuresOf } from './figures.ts';
import { type AuditKeeper, fileName, representativeOf, type Take } from './kept-audit.ts';
import { isCutOff } from './load-end.ts';
import { auditPage, type LoadedPage } from './page-audit.ts';
import type { AuditedPage } from './pages.ts';
import type { Progress } from './progress.ts';
import type { AuditSettings } from './settings.ts';

export interface AuditWork {
  run: OpenRun;
  settings: AuditSettings;
  keeper: AuditKeeper;
  progress: Progress;
  session: AuditSession;
  signal: AbortSignal;
}

interface PagesWork extends AuditWork {
  role: Role;
  account?: Account;
  pages: readonly AuditedPage[];
}

/** A page that fails does not end the others; nor does one that nobody could sign in for. */
export async function auditPages(work: PagesWork): Promise<void> {
  const { role, account, pages, session, keeper, progress, signal } = work;
  if (pages.length === 0 || signal.aborted) return;
  const begun = new Set<AuditedPage>();
  const { failures } = await session({
    id: `audit-${role}`,
    account,
    journeyIn: (browser) => ({
      name: `audit pages of ${role}`,
      role,
      weight: 1,
      changes: [],
      run: async () => {
        for (const page of pages) {
          begun.add(page);
          await auditRepeatedly(page, browser, work);
        }
        // Where the bars are that sign-out needs.
        if (role !== 'visitor') await browser.page.goto('/');
      },
    }),
  });
  if (signal.aborted) return;
  const why = failures[0] && firstLine(failures[0]);
  for (const page of pages.filter((one) => !begun.has(one))) {
    const error = `not audited, for ${role} could not sign in: ${why}`;
    keeper.failed({ name: page.path, role }, 'navigation', 1, error);
    progress.done(`${page.path}: ${error}`);
  }
}

async function auditRepeatedly(page: AuditedPage, browser: AuditBrowser, work: PagesWork): Promise<void> {
  const { keeper, progress, settings, run, signal, role } = work;
  const about = { name: page.path, role };
  const takes: Array<Take & LoadedPage> = [];
  for (let repeat = 1; repeat <= settings.repeats && !signal.aborted; repeat += 1) {
    try {
      const loaded = await orInterrupted(auditPage(page, browser, run.target.url, settings), signal);
      const take = { ...loaded, repeat };
      takes.push(take);
      keeper.done(about, take);
      progress.done(`${page.path} by ${role}, ${repeat} of ${settings.repeats}: ${inShort(take)}`);
    } catch (error) {
      if (signal.aborted) break;
      const what = firstLine(error);
      keeper.failed(about, 'navigation', repeat, what);
      progress.done(`${page.path} by ${role}, ${repeat} of ${settings.repeats}: failed: ${what}`);
    }
  }
  const [first, ...others] = takes;
  if (first) {
    const take = representativeOf([first, ...others]);
    const name = fileName(page.path);
    keeper.conclude(about, take, {
      html: keeper.file(`${name}.html`, take.html),
      json: keeper.file(`${name}.json`, take.json),
    });
  }
  if (signal.aborted) throw new Interruption();
}

function inShort({ lhr }: Take): string {
  const { LCP, TBT, performance } = figuresOf(lhr);
  const ms = (value?: number) => (value === undefined ? 'none' : `${Math.round(value)} ms`);
  const asking = isCutOff(lhr) ? '; it goes on asking, and Lighthouse stopped waiting' : '';
  return `LCP ${ms(LCP)}, TBT ${ms(TBT)}, performance ${performance === undefined ? 'none' : Math.round(performance * 100)}${asking}`;
}
