"""How the page of an inspection looks."""

CSS = """
:root { color-scheme: light; --ink: #1d2733; --soft: #66727f; --line: #e2e7ec; --fill: #4a7fb5; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.2rem 4rem; background: #fff;
  color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
p { margin: .3rem 0; }
.soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .22rem .8rem .22rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.label { overflow-wrap: anywhere; max-width: 16rem; }
td.wide { width: 38%; }
.share { height: .5rem; background: var(--fill); border-radius: 2px; min-width: 1px; }
.word { display: inline-block; margin: 0 .25rem .2rem 0; padding: 0 .4rem; background: #eef3f8;
  border-radius: 4px; }
.finding { padding: .4rem .8rem; margin: .35rem 0; border-left: 4px solid #b7c3ce;
  background: #f8fafb; overflow-wrap: anywhere; }
.finding.look { border-color: #d9822b; background: #fdf6ee; }
.finding b { margin-right: .6rem; }
summary { cursor: pointer; color: var(--soft); }
code { font: .85em ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; }
svg { width: 100%; height: auto; }
"""
