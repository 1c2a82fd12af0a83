import type { HttpJourneyTools } from '../../journey.ts';
import * as auth from '../../operations/auth.ts';
import * as people from '../../operations/people.ts';

/**
 * The person that belongs to the signed-in user: the target links the two by equal e-mail.
 * Throws when there is none; that is a gap in the target's data.
 */
export async function myPerson(api: HttpJourneyTools['api']): Promise<{ id: string; name: string }> {
  const { data: user } = await api.request(auth.me);
  const { data: known } = await api.request(people.list);
  const email = user.email.toLowerCase();
  const person = known.items.find((candidate) => candidate.email?.toLowerCase() === email);
  if (!person) {
    throw new Error(
      `user ${user.username} has no person with the same e-mail: link one in the target's data, or use another account`,
    );
  }
  return person;
}
