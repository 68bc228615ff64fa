// What must hold of a page's layout on the narrowest screens, in either direction.

/** The narrowest screen on which a page must need no scrolling sideways. */
export const PHONE = { width: 320, height: 640 };
/** A screen of 1280 by 1024 pixels at 400 % zoom. */
export const ZOOMED = { width: 320, height: 256 };

/**
 * What is cut off or leaves the page sideways, as it now stands: the page itself where it is too wide, and
 * every text of which a part lies beyond its edges or those of a box that cuts it. What only screen readers
 * get and what scrolls by itself is left out.
 */
export function cutOff(page) {
  return page.evaluate(() => {
    const found = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} pixels too wide`);
    const apart = ".govuk-visually-hidden, .govuk-skip-link, select, script, style, svg";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const parent = text.parentElement;
      if (text.data.trim() === "" || parent.closest(apart)) continue;
      range.selectNodeContents(text);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      if (rects.length === 0) continue;
      let edges = { left: 0, right: document.documentElement.clientWidth };
      let scrolls = false;
      for (let box = parent; box && box !== document.documentElement; box = box.parentElement) {
        const { overflowX } = getComputedStyle(box);
        if (["auto", "scroll"].includes(overflowX)) scrolls = true;
        if (["hidden", "clip"].includes(overflowX)) {
          const { left, right } = box.getBoundingClientRect();
          edges = { left: Math.max(edges.left, left), right: Math.min(edges.right, right) };
        }
      }
      if (scrolls) continue;
      const beyond = rects.find(({ left, right }) => left < edges.left - 1 || right > edges.right + 1);
      if (beyond) found.push(`“${text.data.trim().slice(0, 60)}” from ${beyond.left} to ${beyond.right}`);
    }
    return found;
  });
}

/** What is cut off on a phone and at 400 % zoom, as the page is written and mirrored. */
export async function cutOffInEveryWay(page) {
  const size = page.viewportSize();
  const found = [];
  for (const [name, screen] of Object.entries({ phone: PHONE, zoomed: ZOOMED })) {
    await page.setViewportSize(screen);
    for (const mirrored of [false, true]) {
      await page.evaluate(mirror, mirrored);
      const way = `${name}${mirrored ? ", mirrored" : ""}`;
      found.push(...(await cutOff(page)).map((cut) => `${way}: ${cut}`));
      await page.evaluate(mirror, mirrored);
    }
  }
  await page.setViewportSize(size);
  return found;
}

/** Turns the page's direction round, where asked to. */
function mirror(mirrored) {
  const html = document.documentElement;
  if (mirrored) html.dir = html.dir === "rtl" ? "ltr" : "rtl";
}
