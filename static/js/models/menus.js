/* A <details data-menu> closes as menus do: by Escape, and when somebody turns to something else. What it opens may
   stand elsewhere: data-menu="#there". */
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
const belongs = (menu, target) => menu.contains(target) || (menu.dataset.menu && target.closest(menu.dataset.menu));

document.addEventListener("pointerdown", ({ target }) => {
  for (const menu of openMenus()) if (!belongs(menu, target)) menu.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    if (belongs(menu, document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
