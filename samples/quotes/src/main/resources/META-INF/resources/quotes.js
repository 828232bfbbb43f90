// The market: one row for each share, changed in place so that what moves can be seen to move.

const TRAIL_WIDTH = 120;
const TRAIL_HEIGHT = 34;
const TRAIL_MARGIN = 3;

const money = new Intl.NumberFormat('en', {minimumFractionDigits: 2, maximumFractionDigits: 2});
const signed = new Intl.NumberFormat('en', {minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero'});
const number = (format, value) => format.format(value).replace('-', '\u2212');
const whole = new Intl.NumberFormat('en');
const rows = new Map();

/** The quote of a share as it was shown last. */
export function quoteOf(symbol) {
  return rows.get(symbol)?.quote;
}

/** Shows quotes, and keeps the choice of shares in step. `chosen(quote)` hears which row was clicked. */
export function showQuotes(quotes, chosen) {
  document.getElementById('no-quotes').hidden = quotes.length > 0;
  quotes.forEach(quote => {
    const row = rows.get(quote.symbol) ?? addRow(quote, chosen);
    if (row.quote?.updated !== quote.updated) {
      fill(row, quote);
    }
  });
}

function addRow(quote, chosen) {
  const element = document.getElementById('quote-row').content.firstElementChild.cloneNode(true);
  const row = {element};
  element.querySelector('.symbol').textContent = quote.symbol;
  element.querySelector('.company').textContent = quote.company;
  element.addEventListener('click', () => chosen(row.quote));
  document.getElementById('quotes').append(element);
  document.getElementById('symbol').append(new Option(`${quote.symbol} – ${quote.company}`, quote.symbol));
  rows.set(quote.symbol, row);
  return row;
}

function fill(row, quote) {
  const {element} = row;
  const price = element.querySelector('.price span');
  const percent = 100 * quote.change / (quote.price - quote.change);
  element.dataset.trend = trend(quote.change);
  price.textContent = money.format(quote.price);
  element.querySelector('.change').innerHTML =
    `<span class="amount">${number(signed, quote.change)}</span> <span class="percent">${number(signed, percent)}\u202f%</span>`;
  element.querySelector('.volume').textContent = whole.format(quote.volume);
  draw(element, quote.trail);
  if (row.quote && row.quote.price !== quote.price) {
    flash(price, quote.price > row.quote.price ? 'up' : 'down');
  }
  row.quote = quote;
}

function trend(change) {
  return change > 0 ? 'up' : change < 0 ? 'down' : 'flat';
}

function draw(element, trail) {
  const low = Math.min(...trail);
  const range = Math.max(...trail) - low || 1;
  const x = i => (i * TRAIL_WIDTH / Math.max(1, trail.length - 1)).toFixed(1);
  const y = price => (TRAIL_HEIGHT - TRAIL_MARGIN - (price - low) / range * (TRAIL_HEIGHT - 2 * TRAIL_MARGIN)).toFixed(1);
  const line = trail.map((price, i) => `${i ? 'L' : 'M'}${x(i)} ${y(price)}`).join('');
  element.querySelector('.line').setAttribute('d', line);
  element.querySelector('.area').setAttribute('d', `${line}V${TRAIL_HEIGHT}H0Z`);
}

function flash(cell, direction) {
  cell.getAnimations().forEach(animation => animation.cancel());
  const colour = getComputedStyle(cell).getPropertyValue(`--flash-${direction}`);
  cell.animate([{backgroundColor: colour}, {backgroundColor: 'transparent'}], {duration: 1200, easing: 'ease-out'});
}
