// Joins the page's parts: what comes in by the feed, and what the buttons ask for.

import {follow} from './feed.js';
import {showGroup, stateOf} from './group.js';
import {quoteOf, showQuotes} from './quotes.js';

const NOTICE_MILLIS = 8000;

const byId = id => document.getElementById(id);
const clock = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});

let group;
let live;
let lostAt;
let noticeTimer;

follow({group: takeGroup, quotes: quotes => showQuotes(quotes, choose), events: showEvents}, feedChanged);

function takeGroup(newGroup) {
  const masterBefore = group?.master;
  group = newGroup;
  showGroup(group, {promote, kill});
  const here = group.members.find(member => member.number === group.here);
  const state = stateOf(here);
  document.title = `Site ${group.here} · ${state} – Quotes`;
  byId('standing').textContent = standing(here, state);
  byId('desk-note').replaceChildren(...deskNote(state));
  if (masterBefore !== group.master) {
    byId('spoken').textContent = group.master ? `Site ${group.master} is master.` : 'There is no master.';
  }
  showBanner();
}

function standing(here, state) {
  if (state === 'master') {
    return `Site ${group.here} serves this page, and is the master: prices are made here.`;
  }
  if (group.master) {
    return `Site ${group.here} serves this page from its own copy; the master is Site ${group.master}.`;
  }
  return `Site ${group.here} serves this page from its own copy.`;
}

function deskNote(state) {
  if (state === 'master') {
    return ['This site is master: it writes, and returns once a majority has stored it.'];
  }
  const master = group.members.find(member => member.number === group.master);
  return master
    ? ['Only the master writes. ', siteLink(master, `Site ${master.number} is master: change it there`)]
    : ['Only the master writes, and there is none now.'];
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
      `${name} does not answer. This is how things stood at ${clock.format(lostAt)}; trying again every second. `,
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
    time.textContent = clock.format(new Date(event.time));
    text.textContent = event.text + (event.times > 1 ? ` (${event.times} times)` : '');
    text.title = event.kind;
    item.dataset.tone = event.tone;
    item.append(time, text);
    return item;
  }));
}

function choose(quote) {
  byId('symbol').value = quote.symbol;
  offerPrice();
  byId('price').select();
}

function offerPrice() {
  byId('price').value = quoteOf(byId('symbol').value)?.price.toFixed(2) ?? '';
}

byId('symbol').addEventListener('change', offerPrice);
byId('price').addEventListener('focus', () => byId('price').value || offerPrice());

byId('change').addEventListener('submit', async event => {
  event.preventDefault();
  const form = new URLSearchParams(new FormData(event.target));
  await ask(`/quote?${form}`, event.submitter);
});

async function promote(number, button) {
  await ask(`/master?site=${number}`, button);
}

async function kill(button) {
  await ask('/kill', button);
}

async function ask(path, button) {
  button.disabled = true;
  try {
    const response = await fetch(path, {method: 'POST'});
    const answer = await response.json();
    const target = group.members.find(member => member.page === answer.page);
    notice(response.ok, answer.message, target && siteLink(target, `Go to Site ${target.number}`));
  } catch {
    notice(false, `Site ${group.here} did not answer.`);
  } finally {
    button.disabled = false;
  }
}

function notice(good, message, link) {
  const element = byId('notice');
  element.replaceChildren(message, ...(link ? [' ', link] : []));
  element.dataset.tone = good ? 'GOOD' : 'BAD';
  element.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => element.hidden = true, NOTICE_MILLIS);
}

function siteLink(member, text) {
  const link = document.createElement('a');
  link.href = member.page;
  link.textContent = text;
  return link;
}
