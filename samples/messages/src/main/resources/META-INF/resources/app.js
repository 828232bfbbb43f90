// Joins the page's parts: what was said, and what is to be said.

import {ask, begin, byId, timeOf} from './shell.js';

begin({title: 'Messages', topics: {lines: showLines}, changed: offerSites, standing});

function standing(group, state) {
  const master = state === 'master' ? ', and is the master' : group.master ? `; the master is ${group.master}` : '';
  return `Site ${group.here} serves this page${master}.`;
}

/** Whom to talk to: what never changes is offered once. */
function offerSites(group) {
  const choice = byId('to');
  if (choice.options.length > 2) {
    return;
  }
  group.members
    .filter(member => member.number !== group.here)
    .forEach(member => choice.append(new Option(`Ask Site ${member.number}`, member.number)));
}

function showLines(entries) {
  byId('no-lines').hidden = entries.length > 0;
  const list = byId('lines');
  list.hidden = entries.length === 0;
  list.replaceChildren(...entries.map(lineOf));
  list.scrollTop = list.scrollHeight;
}

function lineOf(entry) {
  const item = byId('line').content.firstElementChild.cloneNode(true);
  const time = item.querySelector('time');
  time.dateTime = entry.line.when;
  time.textContent = timeOf(entry.line.when);
  item.querySelector('.speaker').textContent = `Site ${entry.line.from}`;
  item.querySelector('.to').textContent = `to ${entry.line.to}`;
  item.querySelector('.text').textContent = entry.line.text;
  item.querySelector('.answer').textContent = entry.answer ?? '';
  item.querySelector('.answer').hidden = !entry.answer;
  item.toggleAttribute('data-mine', entry.mine);
  return item;
}

byId('say').addEventListener('submit', async event => {
  event.preventDefault();
  const form = new URLSearchParams(new FormData(event.target));
  if (await ask(`say?${form}`, event.submitter)) {
    byId('text').value = '';
    byId('text').focus();
  }
});
