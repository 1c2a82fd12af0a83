import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { closeBrowsers, noteOwnBrowsers } from '../../artillery/engine/browsers.ts';

test('the end of a run waits for the browsers of single users, and starts no more of them', async () => {
  (globalThis as unknown as { artillery: object }).artillery = {};
  const browser = Object.assign(new EventEmitter(), { isConnected: () => true });
  let launched = 0;
  chromium.launch = (async () => {
    launched += 1;
    return browser;
  }) as unknown as typeof chromium.launch;
  noteOwnBrowsers();
  await chromium.launch();
  let isOver = false;
  const over = closeBrowsers().then(() => {
    isOver = true;
  });
  await wait(100);
  assert.equal(isOver, false, 'a user is still in it');
  const late = chromium.launch().then(() => 'launched');
  browser.emit('disconnected'); // the engine has closed it
  await over;
  assert.equal(await Promise.race([late, wait(50, 'not launched')]), 'not launched');
  assert.equal(launched, 1);
});
