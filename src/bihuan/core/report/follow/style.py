"""The style of the page that stands alone: the look of the site without its files."""

STYLE = """
:root{--ink:#14252B;--ink2:#40545B;--ink3:#566970;--line:#D3DCDE;--ground:#F3F6F6;--brand:#0F5B66;--goal:#E1EFF0}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.75 "Noto Sans SC","Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:1.875rem;line-height:1.35;margin:0 0 8px}
h2{font-size:1.25rem;line-height:1.35;margin:40px 0 12px}
h3{font-size:1rem;line-height:1.5;margin:0;font-weight:700}
.lead{font-size:1.125rem;max-width:46em;margin:0 0 4px}
.note,footer{color:var(--ink3);font-size:.875rem;margin:4px 0}
.frame{overflow-x:auto;background:#fff;border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;border-top:1px solid var(--line);text-align:center;white-space:nowrap}
thead th{border-top:0;color:var(--ink3);font-weight:400}
thead th{width:7.5em}thead th:first-child{width:auto;text-align:left}
tbody th{position:sticky;left:0;background:#fff;text-align:left;font-weight:400;white-space:normal;min-width:9em}
td a{display:inline-block;min-width:44px;padding:2px 8px;border-radius:3px;text-decoration:none}
td a:focus-visible,label:focus-within{outline:3px solid #0B5C8A;outline-offset:2px}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:8px}
legend{float:left;width:100%;color:var(--ink3);font-size:.875rem;margin-bottom:8px}
label{display:inline-flex;align-items:center;gap:6px;min-height:44px;padding:0 14px 0 10px;border:1px solid #7C8E95;border-radius:999px;background:#fff;font-size:.875rem}
article{background:#fff;border:1px solid var(--line);border-radius:10px;padding:16px 20px;margin:12px 0;break-inside:avoid}
article:target{outline:3px solid #0B5C8A}
article>header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline}
.chip{border-radius:999px;padding:1px 10px;font-size:.875rem;white-space:nowrap;border:1px solid transparent}
.why{color:var(--ink2);font-size:.875rem;margin:2px 0 10px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:24px}
blockquote{margin:0;padding-left:14px;border-left:2px solid var(--line)}
blockquote p{margin:0}
blockquote b{display:block;color:var(--ink3);font-size:.8125rem;font-weight:400}
mark{background:var(--goal);color:inherit;padding:0 2px;font-weight:700;border-bottom:2px solid var(--brand)}
cite{font-style:normal;color:var(--ink3);font-size:.75rem}
.silent{color:var(--ink3)}
@media(max-width:720px){main{padding:20px 16px 48px}h1{font-size:1.5rem}.lead{font-size:1rem}.pair{grid-template-columns:1fr;gap:12px}article{padding:14px 16px}}
@media print{body{background:#fff;font-size:10.5pt}fieldset{display:none}article{border-color:#999}}
"""
