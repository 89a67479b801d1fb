"""The style of the reference page."""

STYLE = """\
:root { color-scheme: light dark; --line: #d9dde3; --soft: #f5f6f8; --text: #1c2430;
  --dim: #566070; --link: #1f5fa8; --plus: #2f8f6b; --minus: #c2543f; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --line: #38404d; --soft: #1d232c; --text: #e4e8ee;
  --dim: #a3adbb; --link: #7fb3ee; --plus: #4fb78f; --minus: #e07f69; --page: #14181e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--text);
  background: var(--page); }
nav { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem;
  padding: .7rem 1.5rem; background: var(--soft); border-bottom: 1px solid var(--line);
  z-index: 1; }
main { max-width: 66rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
section, article, h3, tr, li { scroll-margin-top: 4.5rem; }
[id] { scroll-margin-top: 4.5rem; }
.lead { font-size: 1.1rem; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .2rem 1rem .6rem;
  margin: .9rem 0; }
article h3 { margin: .6rem 0 .3rem; }
article p { margin: .3rem 0; }
.example { font-family: ui-monospace, monospace; font-size: .86rem; color: var(--dim);
  overflow-wrap: anywhere; }
.mark { font-size: .72rem; font-weight: 500; color: var(--dim); border: 1px solid var(--line);
  border-radius: 1rem; padding: .05rem .5rem; margin-left: .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0;
  font-size: .92rem; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; display: block;
  overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 600; }
.bar { display: inline-block; height: .8rem; border-radius: .2rem; }
.plus { background: var(--plus); }
.minus { background: var(--minus); }
.tree, .tree ul { list-style: none; padding-left: 1.3rem; }
.tree { padding-left: 0; }
.tree small { color: var(--dim); }
article:target, tr:target, h3:target, li:target { background: var(--soft); }
"""
