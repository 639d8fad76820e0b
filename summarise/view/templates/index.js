// Hides the rows that do not have every word of the search in them. Case and accents do not count.
(() => {
  "use strict";
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const rows = [...document.querySelectorAll("tbody tr")].map((row) => [row, fold(row.firstElementChild.textContent)]);
  for (const hidden of document.querySelectorAll(".scripted")) hidden.hidden = false;
  const look = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    found.textContent = words.length ? `${count} of ${rows.length}` : "";
  };
  search.addEventListener("input", look);
  look(); // a browser that comes back keeps what was typed
})();
