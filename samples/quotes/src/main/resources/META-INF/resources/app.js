// Joins the page's parts: what comes in by the feed, and what the buttons ask for.

import {ask, begin, byId} from './shell.js';
import {quoteOf, showQuotes} from './quotes.js';

begin({
  title: 'Quotes',
  topics: {quotes: quotes => showQuotes(quotes, choose)},
  changed: (group, state) => byId('desk-note').textContent = deskNote(group, state),
  standing,
});

function standing(group, state) {
  if (state === 'master') {
    return `Site ${group.here} serves this page, and is the master: prices are made here.`;
  }
  if (group.master) {
    return `Site ${group.here} serves this page from its own copy; the master is ${group.master}.`;
  }
  return `Site ${group.here} serves this page from its own copy.`;
}

function deskNote(group, state) {
  if (state === 'master') {
    return 'This site is master: it writes, and returns once a majority has stored it.';
  }
  return group.master
    ? `This site forwards the change to ${group.master}, the master, and returns once it is here, too.`
    : 'There is no master now: a change waits for the next one, for a few seconds.';
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
  await ask(`quote?${form}`, event.submitter);
});
