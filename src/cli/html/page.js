"use strict";
// Everything that comes from the tree gets into the page through text nodes; nothing is parsed.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = data.nodes;
  const AT_A_TIME = 200; // rows made at once, of children and of hits
  const LONGEST = 160; // characters of a value in a row
  const part = id => document.getElementById(id);

  // Children of each node, in order.
  const children = new Array(nodes.length);
  nodes.forEach((node, index) => {
    if (index > 0) (children[node.parent] ||= []).push(index);
  });
  const childrenOf = index => children[index] || [];

  // ---- Texts ----

  // What would hide, or change the order of, what stands around it is shown by its number.
  const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  const NAMED = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const visible = text =>
    text.replace(HIDDEN, char => NAMED[char] || "\\u{" + char.codePointAt(0).toString(16).toUpperCase() + "}");
  const lines = text => text.split("\n").map(visible).join("\n");
  const LONGEST_URI = 1000;
  const cut = (text, longest = LONGEST) => (text.length > longest ? text.slice(0, longest) + "…" : text);
  // Of a URI the end says more.
  const end = text => (text.length > LONGEST_URI ? "…" + text.slice(-LONGEST_URI) : text);
  const name = index => (index === 0 ? "." : nodes[index].name);
  const value = node => {
    if (node.value === undefined) return undefined;
    return typeof node.value === "string" ? node.value : "0x" + node.value.hex;
  };
  const uri = index => {
    const way = [];
    for (let at = index; at > 0; at = nodes[at].parent) way.push(nodes[at].segment ?? nodes[at].name);
    return [".", ...way.reverse()].join("/");
  };
  const counted = (count, one, many) => count.toLocaleString("en") + " " + (count === 1 ? one : many);

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // ---- The tree: rows are made when their parent is opened, some at a time ----

  const rows = new Map(); // index -> li
  const tree = part("tree");
  let selected = 0;

  const makeRow = (index, level) => {
    const node = nodes[index];
    const item = make("li");
    item.id = "n" + index;
    item.dataset.index = index;
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-level", level);
    item.setAttribute("aria-selected", "false");
    item.tabIndex = -1;
    const siblings = index === 0 ? 1 : childrenOf(node.parent).length;
    item.setAttribute("aria-setsize", siblings);
    const row = make("div", "row");
    row.append(make("span", "twist"), make("span", "name", visible(name(index))));
    if (node.mo_id !== undefined) row.append(make("span", "mo", visible(node.mo_id)));
    if (node.format !== "node") {
      const text = value(node);
      if (!text) row.append(make("span", "none", text === "" ? "(empty)" : "(no value)"));
      else row.append(make("span", "value", visible(cut(text))));
      if (node.format !== "chr") row.append(make("span", "about", node.format));
    }
    item.append(row);
    if (childrenOf(index).length > 0) item.setAttribute("aria-expanded", "false");
    rows.set(index, item);
    return item;
  };

  // Makes the rows of the children up to the one at this place.
  const fill = (index, upTo) => {
    const item = rows.get(index);
    let group = item.querySelector(":scope > ul");
    if (!group) {
      group = make("ul");
      group.setAttribute("role", "group");
      item.append(group);
    }
    const all = childrenOf(index);
    const rest = group.querySelector(":scope > .rest");
    let made = group.children.length - (rest ? 1 : 0);
    if (made >= all.length || made > upTo) return;
    const level = Number(item.getAttribute("aria-level")) + 1;
    const end = Math.min(all.length, Math.max(made + AT_A_TIME, upTo + 1));
    const fresh = document.createDocumentFragment();
    for (; made < end; made++) {
      const row = makeRow(all[made], level);
      row.setAttribute("aria-posinset", made + 1);
      fresh.append(row);
    }
    if (rest) rest.remove();
    if (made < all.length) {
      const more = make("li", "rest");
      more.setAttribute("role", "none");
      const button = make("button", "", counted(all.length - made, "more", "more"));
      button.type = "button";
      button.tabIndex = -1;
      button.dataset.more = index;
      more.append(button);
      fresh.append(more);
    }
    group.append(fresh);
  };

  const isOpen = index => rows.get(index)?.getAttribute("aria-expanded") === "true";

  const open = index => {
    if (childrenOf(index).length === 0) return;
    fill(index, 0);
    const item = rows.get(index);
    item.setAttribute("aria-expanded", "true");
    item.querySelector(":scope > ul").hidden = false;
  };

  const close = index => {
    const item = rows.get(index);
    if (!isOpen(index)) return;
    item.setAttribute("aria-expanded", "false");
    item.querySelector(":scope > ul").hidden = true;
    // The selected row must not be a hidden one.
    for (let at = selected; at > 0; at = nodes[at].parent) {
      if (nodes[at].parent === index) {
        select(index, false);
        break;
      }
    }
  };

  // Opens what is above a node, and makes its row.
  const reveal = index => {
    const way = [];
    for (let at = index; at > 0; at = nodes[at].parent) way.push(at);
    for (const at of way.reverse()) {
      const parent = nodes[at].parent;
      open(parent);
      if (!rows.has(at)) fill(parent, childrenOf(parent).indexOf(at));
    }
  };

  const select = (index, focus) => {
    const before = rows.get(selected);
    if (before) {
      before.setAttribute("aria-selected", "false");
      before.tabIndex = -1;
    }
    selected = index;
    const item = rows.get(index);
    item.setAttribute("aria-selected", "true");
    item.tabIndex = 0;
    if (focus) item.focus({ preventScroll: true });
    item.firstElementChild.scrollIntoView({ block: "nearest", inline: "nearest" });
    showNode(index);
  };

  const goTo = (index, focus) => {
    reveal(index);
    select(index, focus);
  };

  // The rows that can be seen, one further or one back.
  const after = index => {
    if (isOpen(index)) return childrenOf(index)[0];
    for (let at = index; at > 0; at = nodes[at].parent) {
      const siblings = childrenOf(nodes[at].parent);
      const next = siblings[siblings.indexOf(at) + 1];
      if (next !== undefined) {
        if (!rows.has(next)) fill(nodes[at].parent, siblings.indexOf(next));
        return next;
      }
    }
    return index;
  };
  const last = index => {
    let at = index;
    while (isOpen(at)) {
      const made = childrenOf(at).filter(child => rows.has(child));
      at = made[made.length - 1];
    }
    return at;
  };
  const previous = index => {
    if (index === 0) return 0;
    const siblings = childrenOf(nodes[index].parent);
    const place = siblings.indexOf(index);
    return place === 0 ? nodes[index].parent : last(siblings[place - 1]);
  };

  tree.addEventListener("click", event => {
    const more = event.target.closest("[data-more]");
    if (more) {
      const index = Number(more.dataset.more);
      const made = more.closest("ul").children.length - 1;
      fill(index, made);
      select(childrenOf(index)[made], true);
      return;
    }
    const item = event.target.closest("[role=treeitem]");
    if (!item || !event.target.closest(".row")) return;
    const index = Number(item.dataset.index);
    if (event.target.closest(".twist") || index === selected) (isOpen(index) ? close : open)(index);
    select(index, true);
  });

  tree.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowDown: () => select(after(selected), true),
      ArrowUp: () => select(previous(selected), true),
      ArrowRight: () => {
        if (isOpen(selected)) select(after(selected), true);
        else open(selected);
      },
      ArrowLeft: () => {
        if (isOpen(selected)) close(selected);
        else if (selected > 0) select(nodes[selected].parent, true);
      },
      Home: () => select(0, true),
      End: () => select(last(0), true),
      Enter: () => (isOpen(selected) ? close : open)(selected),
      " ": () => (isOpen(selected) ? close : open)(selected),
      "*": () => {
        const siblings = selected === 0 ? [0] : childrenOf(nodes[selected].parent);
        siblings.filter(index => rows.has(index)).forEach(open);
      },
    };
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // ---- One node ----

  const showNode = index => {
    const node = nodes[index];
    part("node").hidden = false;
    part("uri").textContent = visible(uri(index));
    const list = part("properties");
    list.replaceChildren();
    const say = (label, text) => {
      if (text === undefined) return;
      const said = make("dd");
      said.append(text instanceof Node ? text : document.createTextNode(text));
      list.append(make("dt", "", label), said);
    };
    const text = value(node);
    if (text !== undefined) say("Value", make("pre", "", lines(text)));
    say("Format", node.format);
    say("Type", node.mo_id === undefined ? node.type && visible(node.type) : visible(node.mo_id));
    let owner = index;
    while (owner > 0 && nodes[owner].ACL === undefined) owner = nodes[owner].parent;
    const acl = nodes[owner].ACL;
    if (acl !== undefined) say("ACL", visible(acl) + (owner === index ? "" : " (of " + visible(uri(owner)) + ")"));
    for (const label of ["Title", "TStamp", "VerNo"]) say(label, node[label] && visible(node[label]));
    const below = childrenOf(index).length;
    if (below > 0) say("Children", below.toLocaleString("en"));
  };

  // ---- Search ----

  // In lower case, made at the first search.
  let folded;
  const fold = () =>
    nodes.map((node, index) => ({
      name: index === 0 ? "." : node.name.toLowerCase(),
      value: value(node)?.toLowerCase(),
      mo_id: node.mo_id?.toLowerCase(),
    }));

  const search = (kind, text) => {
    let sought = text.toLowerCase();
    const isUri = kind === "all" && sought.startsWith("./");
    // Any version, as `omadm find` has it.
    if (sought.startsWith("urn:") && sought.endsWith(":*")) sought = sought.slice(0, -1);
    folded ||= fold();
    const has = text => text !== undefined && text.includes(sought);
    const hits = [];
    folded.forEach((node, index) => {
      const isHit = isUri
        ? uri(index).toLowerCase().startsWith(sought)
        : kind === "all"
          ? has(node.name) || has(node.value) || has(node.mo_id)
          : has(node[kind]);
      if (isHit) hits.push(index);
    });
    return { hits, sought };
  };

  // The text, with what was sought in it marked.
  const marked = (className, text, sought, longest) => {
    const element = make("span", className);
    const lower = text.toLowerCase();
    const at = lower.length === text.length ? lower.indexOf(sought) : -1;
    if (at < 0) {
      element.textContent = visible(cut(text, longest));
      return element;
    }
    const from = text.length > longest ? Math.max(0, at - longest / 2) : 0;
    const behind = at + sought.length;
    element.append((from > 0 ? "…" : "") + visible(text.slice(from, at)));
    element.append(make("mark", "", visible(text.slice(at, behind))), visible(cut(text.slice(behind), longest)));
    return element;
  };

  let found = { hits: [], sought: "" };
  const showHits = () => {
    const list = part("hits");
    const all = Math.min(found.hits.length, list.children.length + AT_A_TIME);
    const fresh = document.createDocumentFragment();
    for (let place = list.children.length; place < all; place++) {
      const index = found.hits[place];
      const node = nodes[index];
      const button = make("button");
      button.type = "button";
      button.dataset.index = index;
      button.append(marked("", end(uri(index)), found.sought, LONGEST_URI));
      const what = node.mo_id ?? value(node);
      if (what) button.append(marked("what", what, found.sought, LONGEST));
      const item = make("li");
      item.append(button);
      fresh.append(item);
    }
    list.append(fresh);
    part("more").hidden = all >= found.hits.length;
  };

  const update = () => {
    const text = part("text").value.trim();
    const isSearch = text !== "";
    found = isSearch ? search(part("kind").value, text) : { hits: [], sought: "" };
    part("hits").replaceChildren();
    part("found").hidden = found.hits.length === 0;
    part("objects").hidden = isSearch || part("mos").children.length === 0;
    part("count").textContent = isSearch ? counted(found.hits.length, "node", "nodes") : "";
    showHits();
  };

  let timer;
  part("text").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 60);
  });
  part("kind").addEventListener("change", update);
  part("search").addEventListener("submit", event => {
    event.preventDefault();
    update();
    if (found.hits.length > 0) goTo(found.hits[0], true);
  });
  part("more").addEventListener("click", showHits);
  part("hits").addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button) goTo(Number(button.dataset.index), false);
  });
  part("found").addEventListener("keydown", event => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const next = step && document.activeElement.closest("#hits li")?.[step]?.querySelector("button");
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  part("text").addEventListener("keydown", event => {
    if (event.key !== "ArrowDown") return;
    const first = part("hits").querySelector("button");
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  document.addEventListener("keydown", event => {
    const isField = event.target.closest("input, select");
    if (event.key === "/" && !isField) {
      event.preventDefault();
      part("text").select();
      part("text").focus();
    } else if (event.key === "Escape" && part("text").value !== "") {
      part("text").value = "";
      update();
      goTo(selected, true);
    }
  });

  // ---- The beginning ----

  const objects = new Map();
  for (const node of nodes) {
    if (node.mo_id !== undefined) objects.set(node.mo_id, (objects.get(node.mo_id) || 0) + 1);
  }
  for (const [id, count] of [...objects].sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(0, AT_A_TIME)) {
    const item = make("li");
    const button = make("button", "mo", visible(id));
    button.type = "button";
    button.addEventListener("click", () => {
      part("kind").value = "mo_id";
      part("text").value = id;
      update();
    });
    item.append(make("span", "about", count.toLocaleString("en") + " ×"), button);
    part("mos").append(item);
  }

  document.title = visible(data.file) + " – management tree";
  part("file").textContent = data.file === "-" ? "Management tree" : visible(data.file);
  const instances = [...objects.values()].reduce((all, count) => all + count, 0);
  const about = [
    [data.Man, data.Mod].filter(text => text).map(visible).join(" "),
    counted(nodes.length - 1, "node", "nodes"),
    counted(instances, "management object", "management objects"),
  ];
  part("about").textContent = about.filter(text => text).join(" · ");

  // Opens from the top down as long as it fits on a screen.
  tree.append(makeRow(0, 1));
  let shown = 1;
  for (const queue = [0]; queue.length > 0; ) {
    const index = queue.shift();
    const below = childrenOf(index);
    if (below.length === 0 || (index > 0 && shown + below.length > 40)) continue;
    open(index);
    shown += Math.min(below.length, AT_A_TIME);
    queue.push(...below.slice(0, AT_A_TIME));
  }
  select(0, false);
  update();
  // Browser tests read when the tree was first on paper.
  requestAnimationFrame(() => setTimeout(() => performance.mark("tree shown")));
})();
