// Filters, search, and what changed between any two boards. Everything else works without it, and nothing is fetched
// from elsewhere: data come as script files beside the pages, so that it works from a folder, too.
"use strict";
const bscp = (() => {
  const element = (name, text, cls) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const say = (id, text) => { document.getElementById(id).textContent = text; };

  function filter(form) {
    const place = document.getElementById(form.dataset.filters);
    const rows = [...(place.tBodies ? place.tBodies[0].rows : place.children)];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const choices = [...form.querySelectorAll("select")];
    const apply = () => {
      const wanted = words(form.querySelector("input").value);
      let shown = 0;
      rows.forEach((row, at) => {
        const fits = wanted.every((word) => texts[at].includes(word)) && choices.every((choice) =>
          !choice.value || row.cells[Number(choice.dataset.column)].textContent === choice.value);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      say("shown", shown === rows.length ? `${rows.length} in the list.` : `${shown} of ${rows.length} shown.`);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
  }

  const index = [];
  function search(form) {
    const field = form.querySelector("input");
    const found = document.getElementById("found");
    const apply = () => {
      const wanted = words(field.value);
      const hits = wanted.length ? index.filter((one) => wanted.every((word) => one.text.includes(word))) : [];
      found.replaceChildren(...hits.slice(0, 200).map((one) => {
        const line = element("li");
        const link = element("a", `${one.ref} ${one.title}`);
        link.href = one.href;
        line.append(link, element("span", ` ${one.kind}`, "quiet"));
        return line;
      }));
      const more = hits.length > 200 ? "; the first 200 are shown" : "";
      say("told", wanted.length ? `${hits.length} found${more}.` : "");
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  const intervals = new Map();
  const asked = new Map();
  function load(key) {
    if (!asked.has(key)) {
      asked.set(key, new Promise((done, failed) => {
        const made = element("script");
        made.src = `${key}.js`;
        made.onload = done;
        made.onerror = () => { asked.delete(key); failed(); };
        document.head.append(made);
      }));
    }
    return asked.get(key);
  }
  // Net changes over several steps: the first value before, the last one after; what was put back is left out.
  function net(steps) {
    const found = new Map();
    for (const step of steps) {
      for (const row of step) {
        const key = `${row.path}\n${row.field}`;
        const whole = found.get(`${row.path}\n`);
        if (row.field && whole && whole.change === "added") continue;
        const before = found.get(key);
        found.set(key, before ? { ...row, old: before.old, change: both(before, row) } : row);
      }
    }
    return [...found.values()].filter((row) => row.change !== "" && (row.field === "" || row.new === null || row.old !== row.new));
  }
  function both(before, after) {
    if (before.change === "added") return after.change === "removed" ? "" : "added";
    if (before.change === "removed" && after.change === "added") return "changed";
    return after.change;
  }
  function told(row) {
    if (!row.field || row.new === null) return row.words;
    return row.change === "added" ? `${row.name}: ${row.new}` : `${row.name}: ${row.old} → ${row.new}`;
  }
  function between(form) {
    const [from, to] = form.querySelectorAll("select");
    const keys = [...from.options].map((option) => option.value).concat(to.options[to.options.length - 1].value);
    const place = document.getElementById("between");
    let turn = 0; // what was chosen last is shown, whichever file comes last
    const apply = async () => {
      const mine = ++turn;
      const first = keys.indexOf(from.value);
      const last = keys.indexOf(to.value);
      place.replaceChildren();
      if (last <= first) return say("told", "Choose a later board on the right.");
      const wanted = keys.slice(first + 1, last + 1);
      try {
        await Promise.all(wanted.map(load));
      } catch {
        if (mine === turn) say("told", "A part of these changes cannot be read. The ledger holds all of them.");
        return undefined;
      }
      if (mine !== turn) return undefined;
      const rows = net(wanted.map((key) => intervals.get(key)));
      place.replaceChildren(...rows.map((row) => {
        const line = element("li");
        const what = element("p", undefined, "what");
        const link = element("a", row.ref);
        link.href = `../records/${row.path.slice(form.dataset.prefix.length).replace(/\.toml$/, "")}.html`;
        what.append(link, ` ${row.title}`);
        const changed = element("p");
        changed.append(element("strong", told(row)));
        line.append(what, changed, element("p", row.why, "quiet"));
        return line;
      }));
      return say("told", `${rows.length} ${rows.length === 1 ? "change" : "changes"}.`);
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form.filter").forEach(filter);
    document.querySelectorAll("form.search").forEach(search);
    document.querySelectorAll("form.between").forEach(between);
  });
  return {
    records(kind, rows) {
      for (const [ref, title, href, text] of rows) {
        index.push({ ref, title, href, kind, text: `${ref} ${title} ${kind} ${text}`.toLowerCase() });
      }
    },
    interval(key, names, rows) {
      intervals.set(key, rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))));
    },
  };
})();
