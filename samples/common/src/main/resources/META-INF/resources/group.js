// The group: one card for each site, with what it says about itself.

const whole = new Intl.NumberFormat('en');
const cards = new Map();

/** Shows the group. `promote(number)` and `kill()` are what the buttons do. */
export function showGroup(group, {promote, kill}) {
  group.members.forEach(member => {
    const card = cards.get(member.number) ?? addCard(member, promote, kill);
    fill(card, member, group);
  });
}

/** What people see a site as: master, client, joining or down. */
export function stateOf(member) {
  if (!member.report) {
    return 'down';
  }
  return {MASTER: 'master', CLIENT: 'client'}[member.report.role] ?? 'joining';
}

function addCard(member, promote, kill) {
  const card = document.getElementById('site-card').content.firstElementChild.cloneNode(true);
  card.querySelector('h3').textContent = `Site ${member.number}`;
  card.querySelector('.open').href = member.page;
  card.querySelector('.promote').addEventListener('click', event => promote(member.number, event.currentTarget));
  card.querySelector('.kill').addEventListener('click', event => kill(event.currentTarget));
  document.getElementById('sites').append(card);
  cards.set(member.number, card);
  return card;
}

function fill(card, member, group) {
  const here = member.number === group.here;
  const state = stateOf(member);
  card.dataset.state = state;
  card.toggleAttribute('data-here', here);
  set(card, '.badge', state);
  set(card, '.where', member.report ? `${member.site} · ${member.report.server}, process ${member.report.process}` : member.site);
  for (const fact of card.querySelectorAll('[data-fact]')) {
    const value = member.report?.[fact.dataset.fact];
    fact.textContent = value === undefined ? '–' : whole.format(value);
  }
  set(card, '.link', link(member, here, state, group.terminal));
  card.querySelector('.link').dataset.connected = member.connected;
  card.querySelector('.open').hidden = here || state === 'down';
  card.querySelector('.promote').hidden = state !== 'client';
  card.querySelector('.kill').hidden = !here || !group.terminal;
}

function link(member, here, state, terminal) {
  if (state === 'down') {
    return terminal ? `Down. Press ${member.number} in the terminal to start it again.` : 'Down';
  }
  if (member.report.reason) {
    return member.report.reason;
  }
  if (here) {
    return 'Serves this page';
  }
  return member.connected ? 'Connected' : 'Not connected';
}

function set(card, selector, text) {
  const element = card.querySelector(selector);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
