// The part of the page that every sample has: the group, what happened, the connection, and what a button's press led to.

import {follow} from './feed.js';
import {showGroup, stateOf} from './group.js';

const NOTICE_MILLIS = 8000;

const clock = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});

let group;
let live;
let lostAt;
let noticeTimer;

export const byId = id => document.getElementById(id);

/** The time of day of an instant. */
export const timeOf = instant => clock.format(new Date(instant));

/**
 * Begins to follow the site. `topics` maps each topic of the sample to what takes its value; `changed(group, state)` hears
 * of the group, and of what this site is in it; `standing` are the words for its line below the heading.
 */
export function begin({title, topics, changed, standing}) {
  const takeGroup = newGroup => {
    const masterBefore = group?.master;
    group = newGroup;
    showGroup(group, {promote, kill});
    const state = stateOf(group.members.find(member => member.number === group.here));
    byId('health').href = group.health;
    document.title = `Site ${group.here} · ${state} – ${title}`;
    byId('standing').textContent = standing(group, state);
    changed(group, state);
    if (masterBefore !== group.master) {
      byId('spoken').textContent = group.master ? `${group.master} is master.` : 'There is no master.';
    }
    showBanner();
  };
  follow({...topics, group: takeGroup, events: showEvents}, feedChanged);
}

/** Presses a button of this site, by its name and parameters, and shows the answer. Returns the answer, or nothing if there was none. */
export async function ask(name, button) {
  button.disabled = true;
  try {
    const response = await fetch(`api/${name}`, {method: 'POST'});
    const answer = await response.json();
    notice(response.ok, answer.message);
    return response.ok ? answer : undefined;
  } catch {
    notice(false, `Site ${group.here} did not answer.`);
    return undefined;
  } finally {
    button.disabled = false;
  }
}

function siteLink(member, text) {
  const link = document.createElement('a');
  link.href = member.page;
  link.textContent = text;
  return link;
}

function feedChanged(nowLive) {
  if (live === nowLive) {
    return;
  }
  live = nowLive;
  lostAt = live ? undefined : new Date();
  document.body.dataset.feed = live ? 'live' : 'lost';
  byId('feed-text').textContent = live ? 'live' : 'connection lost';
  showBanner();
}

function showBanner() {
  const banner = byId('banner');
  if (live === false) {
    const others = group?.members.filter(member => member.number !== group.here && member.report) ?? [];
    const name = group ? `Site ${group.here}` : 'This site';
    banner.replaceChildren(
      `${name} does not answer. This is how things stood at ${timeOf(lostAt)}; trying again every second. `,
      ...others.flatMap((member, i) => [i ? ' or ' : 'Go on at ', siteLink(member, `Site ${member.number}`)]));
  } else if (group && !group.master) {
    banner.replaceChildren('No master now. Every site goes on reading; writing waits for the election.');
  }
  banner.hidden = live !== false && Boolean(!group || group.master);
}

function showEvents(events) {
  byId('events').replaceChildren(...events.map(event => {
    const item = document.createElement('li');
    const time = document.createElement('time');
    const text = document.createElement('span');
    time.dateTime = event.time;
    time.textContent = timeOf(event.time);
    text.textContent = event.text + (event.times > 1 ? ` (${event.times} times)` : '');
    text.title = event.kind;
    item.dataset.tone = event.tone;
    item.append(time, text);
    return item;
  }));
}

async function promote(number, button) {
  await ask(`master?site=${number}`, button);
}

async function kill(button) {
  await ask('kill', button);
}

function notice(good, message) {
  const element = byId('notice');
  element.textContent = message;
  element.dataset.tone = good ? 'GOOD' : 'BAD';
  element.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => element.hidden = true, NOTICE_MILLIS);
}
