"use strict";

// Loads the page again and replaces the parts that have changed. The server has escaped all text, and nothing here makes markup
// of text: the browser's own parser reads the page, and its nodes are moved.

const INTERVAL = 3000;
let timer = 0;

function later() {
  clearTimeout(timer);
  timer = setTimeout(refresh, INTERVAL);
}

function refresh() {
  // A page that nobody sees needs no requests, and whoever selects text wants to copy it.
  if (document.hidden || !getSelection().isCollapsed) {
    later();
    return;
  }
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname);
  request.responseType = "document";
  request.onload = () => show(request.response);
  request.onerror = () => show(null);
  request.onloadend = later;
  request.send();
}

function show(page) {
  const next = page && page.getElementById("content");
  if (!next) {
    document.getElementById("lost").hidden = false;
    return;
  }
  const present = document.getElementById("content");
  const focused = focusable(present).indexOf(document.activeElement);
  for (const details of present.querySelectorAll("details[open]")) {
    const same = page.getElementById(details.id);
    if (same) same.open = true;
  }
  const parts = [...next.children].map((part) => {
    const old = document.getElementById(part.id);
    return old && old.isEqualNode(part) ? old : document.adoptNode(part);
  });
  present.replaceChildren(...parts);
  document.title = page.title;
  if (focused >= 0 && document.activeElement === document.body) {
    const target = focusable(present)[focused];
    if (target) target.focus({ preventScroll: true });
  }
}

function focusable(part) {
  return [...part.querySelectorAll("a, summary")];
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
later();
