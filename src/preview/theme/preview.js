// Shows the page again when the preview was built anew. Only the preview has this script.
const script = document.currentScript;
const { version } = script.dataset;
let changes;

// A browser has few connections to a host: pages that are not looked at give theirs back.
function watch() {
  changes?.close();
  if (document.hidden) return;
  changes = new EventSource(new URL(`changes?since=${version}`, script.src));
  changes.onmessage = (event) => {
    if (event.data !== version) {
      changes.close();
      location.reload();
    }
  };
}

document.addEventListener('visibilitychange', watch);
watch();
