// Keeps the page fed by its site, and says how the connection is: live, or lost since when.

const RETRY_MILLIS = 1000;
const SILENCE_MILLIS = 3000;

/** Opens the feed for good. `topics` maps each topic to what takes its value; `changed(live)` hears of every change. */
export function follow(topics, changed) {
  let source;
  let watch;

  const lost = () => {
    clearTimeout(watch);
    source.close();
    changed(false);
    setTimeout(open, RETRY_MILLIS);
  };

  // A site that is stopped, not killed, keeps its connections: then the missing beat tells.
  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(lost, SILENCE_MILLIS);
    changed(true);
  };

  const open = () => {
    source = new EventSource('api/stream');
    watch = setTimeout(lost, SILENCE_MILLIS);
    source.onerror = lost;
    source.addEventListener('beat', heard);
    for (const [topic, take] of Object.entries(topics)) {
      source.addEventListener(topic, event => {
        heard();
        take(JSON.parse(event.data));
      });
    }
  };

  open();
}
