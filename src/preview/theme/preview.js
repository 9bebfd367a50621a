// Shows the page again when the preview was built anew. Only the preview has this script.
const version = document.currentScript.dataset.version;
const changes = new EventSource(`/-/changes?since=${version}`);
changes.onmessage = (event) => {
  if (event.data !== version) {
    changes.close();
    location.reload();
  }
};
