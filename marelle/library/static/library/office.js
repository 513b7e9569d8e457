// The back office runs nothing that is written in a page (see marelle/config/office.py). Wagtail starts its date fields,
// choosers and lists of forms with a line of script beside each: the gate hands that line over as data, and here the few
// functions it may name are called with the JSON it holds. Anything else is left alone.
(() => {
  const CALL = /^\s*(?:new\s+)?(init(?:Date|Time|DateTime)Chooser|[A-Z]\w*Chooser|Chooser)\(([\s\S]*)\);?\s*$/;
  const LIST = /^\s*\(function\(\)\s*\{\s*var panel = new (InlinePanel|MultipleChooserPanel)\(JSON\.parse\(("[^"]*")\)\);\s*\}\)\(\);\s*$/;

  const start = (script) => {
    script.type = "text/x-started";
    const text = script.textContent;
    const list = LIST.exec(text);
    if (list) {
      new window[list[1]](JSON.parse(JSON.parse(list[2])));
      return;
    }
    const call = CALL.exec(text);
    if (!call || typeof window[call[1]] !== "function") return;
    const values = JSON.parse(`[${call[2]}]`);
    if (call[1].startsWith("init")) window[call[1]](...values);
    else new window[call[1]](...values);
  };

  const startAll = (root) => root.querySelectorAll('script[type="text/x-office"]').forEach(start);

  const watch = () => {
    startAll(document);
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue;
          if (node.matches('script[type="text/x-office"]')) start(node);
          else startAll(node);
        }
    }).observe(document.documentElement, { childList: true, subtree: true });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
