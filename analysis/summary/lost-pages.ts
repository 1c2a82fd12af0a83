import type { Collector } from './collector.ts';
import type { Session } from './session.ts';
import { failedShare } from './share.ts';

/** Sessions in browsers whose page, or whole browser, ended under them, and browsers that did. */
export function collectLostPages(sessions: { all(): Iterable<Session> }): Collector {
  const lost = new Set<string>();
  let browsers = 0;
  return {
    samples: {
      error({ errorKind, session }) {
        if (errorKind !== 'page-crashed' && errorKind !== 'browser-lost') return;
        if (session !== undefined) lost.add(session);
        else if (errorKind === 'browser-lost') browsers += 1;
      },
    },
    into(summary) {
      const of = [...sessions.all()].filter(({ via }) => via === 'browser').length;
      if (of > 0) summary.shares['pages.lost'] = failedShare({ n: of, failed: lost.size });
      summary.lostPages = { sessions: lost.size, of, browsers };
    },
  };
}
