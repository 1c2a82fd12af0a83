/** The report's style sheet, in the page and in a file beside it. Colours of text meet WCAG AA (4.5:1) on their grounds in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--raised:#f6f7f9;--line:#d9dde3;--text:#1a1f26;--dim:#55606e;--link:#0b57b0;
--good:#0f6b3a;--good-bg:#e3f4ea;--warn:#7a4b00;--warn-bg:#fdf0d2;--bad:#a8201a;--bad-bg:#fde7e4;--odd:#5b3a91;--odd-bg:#efe8fa;
--a:#0b66c3;--b:#0d7d74;--c:#9a4b9e;--d:#8a6100}
@media screen and (prefers-color-scheme:dark){:root{--bg:#12161c;--raised:#1a2028;--line:#323b47;--text:#e6eaf0;--dim:#a3afbd;--link:#7db8ff;
--good:#74d69e;--good-bg:#123323;--warn:#f0c265;--warn-bg:#382b0d;--bad:#ff9c92;--bad-bg:#421a17;--odd:#c9aef5;--odd-bg:#2b2040;
--a:#5aa9f5;--b:#45c4b6;--c:#d98fdd;--d:#d9ab4a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.skip{position:absolute;left:-999px;top:0;padding:.5rem 1rem;background:var(--bg);z-index:1}
.skip:focus{left:.5rem;top:.5rem}
header,main,footer{max-width:1240px;margin:0 auto;padding:0 clamp(1rem,3vw,2rem)}
header{padding-top:1.25rem;color:var(--dim);font-size:.875rem;overflow-wrap:anywhere}
header p{margin:0}
html{scroll-padding-top:3.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:.75rem 0;font-size:.875rem}
.parts{border-bottom:1px solid var(--line)}
.views{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;background:var(--bg);border-bottom:1px solid var(--line)}
.views ul{padding:0;gap:0 1.25rem;font-size:1rem}.views a{display:inline-block;padding:.55rem 0;border-bottom:3px solid transparent}
.view:target{outline:none}
@media (forced-colors:active){.views a{border-bottom-color:Canvas}}
@supports selector(:has(a)){@media screen{
.view{display:none}.view:target,.view:has(:target),main:not(:has(.view:target,.view :target)) #overview{display:block}
main:has(#overview:target,#overview :target) .views a[href='#overview'],main:has(#load:target,#load :target) .views a[href='#load'],main:has(#browser:target,#browser :target) .views a[href='#browser'],main:has(#figures:target,#figures :target) .views a[href='#figures'],main:not(:has(.view:target,.view :target)) .views a[href='#overview']{color:var(--text);font-weight:600;border-bottom-color:var(--link)}
}}
a{color:var(--link)}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
section{margin:2.25rem 0}
h1{font-size:1.25rem;line-height:1.4;margin:.25rem 0 .5rem;overflow-wrap:anywhere}
.verdict h2{font-size:clamp(1.1rem,1rem + .6vw,1.4rem);line-height:1.45;font-weight:600;margin:0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:0 0 .5rem;line-height:1.3}
h3{font-size:1rem;margin:1.25rem 0 .4rem;overflow-wrap:anywhere}
p{margin:.25rem 0 .75rem;max-width:80ch;overflow-wrap:anywhere}
.note,.empty,.count{color:var(--dim)}.note{font-size:.875rem;margin-top:.5rem}
.count{font-weight:400}
.verdict{margin:1rem 0 0;padding:1.1rem 1.25rem;border:1px solid var(--line);border-left:6px solid;border-radius:8px;background:var(--raised)}
.verdict.pass{border-left-color:var(--good)}.verdict.warn{border-left-color:var(--warn)}.verdict.fail{border-left-color:var(--bad)}.verdict.invalid{border-left-color:var(--odd)}
.verdict ul{margin:.25rem 0 0;padding-left:1.2rem}.verdict li{margin:.2rem 0;overflow-wrap:anywhere}
.badge{display:inline-block;white-space:nowrap;padding:0 .55em;border-radius:1em;font-size:.8125rem;font-weight:600;line-height:1.7}
h2 .badge{font-size:1em;margin-right:.35em}
.badge.pass{color:var(--good);background:var(--good-bg)}.badge.warn{color:var(--warn);background:var(--warn-bg)}
.badge.fail{color:var(--bad);background:var(--bad-bg)}.badge.invalid{color:var(--odd);background:var(--odd-bg)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,10rem),1fr));gap:.75rem;list-style:none;margin:0;padding:0}
.tile{display:flex;flex-direction:column;gap:.15rem;border:1px solid var(--line);border-radius:8px;padding:.8rem .9rem;background:var(--raised)}
.tile .label{font-size:.875rem;color:var(--dim);overflow-wrap:anywhere}
.tile .value{font-size:1.6rem;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
.tile .detail{font-size:.8125rem;color:var(--dim)}.tile .detail:last-child{margin-top:auto;padding-top:.25rem}
#failed-gates+ul.tiles{grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}#failed-gates+ul .value{font-size:1.2rem;overflow-wrap:anywhere}
.tile.fail{border-left:4px solid var(--bad)}.tile.warn{border-left:4px solid var(--warn)}.tile .badge{margin-right:.3em}
.verdict .machine,.verdict .limits{margin:.6rem 0 0;max-width:none;font-weight:600}
.covered{color:var(--dim);font-size:.9375rem;margin:.6rem 0 0;max-width:none}
.figures,.pointers{margin:0;padding:0;list-style:none}.figures li{display:grid;grid-template-columns:9rem 1fr;gap:.15rem .75rem;padding:.5rem 0;border-top:1px solid var(--line)}
.figures .badge{justify-self:start;align-self:start}.figures strong{font-weight:600}
.pointers{counter-reset:n}.pointers li{counter-increment:n;padding:.45rem 0 .45rem 2.2rem;position:relative;border-top:1px solid var(--line)}
.pointers li::before{content:counter(n);position:absolute;left:0;width:1.5rem;height:1.5rem;line-height:1.5rem;text-align:center;border-radius:50%;background:var(--raised);border:1px solid var(--line);font-size:.8125rem;font-weight:600}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.roles{columns:20rem;column-gap:1rem}.role{break-inside:avoid;border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem;margin:0 0 1rem;background:var(--raised)}
.role h3{margin:0 0 .35rem;text-transform:capitalize}.role h3 .count{text-transform:none;font-size:.8125rem}.role ul{list-style:none;margin:0;padding:0}
.state{display:flex;gap:.5rem;padding:.15rem 0;font-size:.9375rem;line-height:1.35}.state .sign{flex:0 0 1.3rem;height:1.3rem;line-height:1.3rem;text-align:center;border-radius:4px;font-weight:700;font-size:.8125rem}
.state.works .sign{color:var(--good);background:var(--good-bg)}.state.slow .sign,.state.works-in-part .sign{color:var(--warn);background:var(--warn-bg)}.state.fails .sign{color:var(--bad);background:var(--bad-bg)}.state.fails{font-weight:500}.state.not-tried,.state.nothing-to-do{color:var(--dim)}
path.heat{fill:var(--a)}.heat .plot svg{height:auto;border:1px solid var(--line)}.heat .axis{line-height:1.2;white-space:nowrap}
.strips,.fall{list-style:none;margin:.5rem 0;padding:0;font-size:.875rem}.strips li,.fall li{display:grid;grid-template-columns:minmax(0,17rem) minmax(0,1fr) minmax(0,21rem);gap:.1rem 1rem;align-items:center;padding:.25rem 0;border-top:1px solid var(--line)}
.strips .name,.fall .name{overflow-wrap:anywhere}.strips svg,.fall svg{width:100%;display:block}.strips .value,.fall .value{font-variant-numeric:tabular-nums;color:var(--dim)}.strips small{display:inline}
.thin{fill:var(--dim)}.thick{fill:var(--a)}.bar.step{fill:var(--a)}.bar.call{fill:var(--b)}.bar.bad{fill:var(--bad)}
.fall li{grid-template-columns:minmax(0,22rem) minmax(0,1fr) 5.5rem;padding:.12rem 0;border-top:0}.fall li.step{border-top:1px solid var(--line);font-weight:500}.fall .call .name{padding-left:1.2rem;color:var(--dim)}.fall .value{text-align:right}
details.part{border-top:1px solid var(--line);margin:0;padding:.15rem 0}details.part>summary{padding:.5rem 0;font-size:1.05rem;font-weight:600}details.part>h2{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);scroll-margin-top:6rem}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:.4rem .7rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;background:var(--raised);color:var(--dim);font-weight:600;white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:500;min-width:9rem;max-width:24rem;overflow-wrap:break-word}
.whole{white-space:nowrap}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
small{display:block;font-size:.78rem;font-weight:400;color:var(--dim)}
abbr{text-decoration-style:dotted}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
td code{white-space:nowrap}.message code{white-space:normal}
.why{color:var(--dim);display:block;min-width:14rem;overflow-wrap:anywhere}
.message{display:block;min-width:16rem;max-width:46rem;overflow-wrap:anywhere;white-space:pre-wrap}
.where,.evidence{display:block;min-width:13rem;overflow-wrap:anywhere}
.films{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.75rem 1.25rem}
.film h4{font-size:.875rem;font-weight:500;margin:0 0 .25rem;overflow-wrap:anywhere}
.film ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:0;padding:0}
.film img{display:block;width:120px;height:auto;border:1px solid var(--line);border-radius:4px}
.bad{color:var(--bad)}
.rating{display:inline-block;padding:0 .5em;border-radius:6px;font-weight:600}
.rating small{display:inline;color:inherit;margin-left:.15em}
.rating.good{color:var(--good);background:var(--good-bg)}.rating.needs-improvement{color:var(--warn);background:var(--warn-bg)}.rating.poor{color:var(--bad);background:var(--bad-bg)}
.statuses{display:block;min-width:7rem}.status{white-space:nowrap;margin-right:.5em}.status.odd{color:var(--bad);font-weight:600}
.used{display:flex;align-items:center;gap:.5rem;min-width:9rem;white-space:nowrap;font-variant-numeric:tabular-nums}
.used svg{flex:0 0 5rem;width:5rem;height:.6rem;border-radius:2px}.used .all{fill:var(--line)}.used .part{fill:var(--a)}.used .over{fill:var(--bad)}.area.solid{opacity:1}
.chart{margin:1rem 0 .25rem}
figcaption{font-size:.875rem;margin-bottom:.3rem}
.key{color:var(--dim);white-space:nowrap;margin-left:.75rem}.swatch{margin-right:.15em;vertical-align:middle}.swatch rect{fill:currentColor}
.plot{display:flex;gap:.5rem}.axis{flex:0 0 3.4rem;display:flex;flex-direction:column;justify-content:space-between;text-align:right;font-size:.72rem;line-height:1;color:var(--dim);font-variant-numeric:tabular-nums}
.plot svg{flex:1;min-width:0;height:110px;display:block;overflow:visible}
.line{fill:none;stroke-width:1.6px;vector-effect:non-scaling-stroke;stroke-linejoin:round}.line.dot{stroke-width:4px;stroke-linecap:round}.area{opacity:.16;stroke:none}
.grid{fill:none;stroke:var(--line);stroke-width:1px;vector-effect:non-scaling-stroke}
.line.a{stroke:var(--a)}.line.b{stroke:var(--b)}.line.c{stroke:var(--c)}.line.d{stroke:var(--d)}.line.bad{stroke:var(--bad)}.line.whole{stroke:var(--dim);stroke-dasharray:5 3}
.area.a{fill:var(--a)}.area.b{fill:var(--b)}.area.c{fill:var(--c)}.area.d{fill:var(--d)}.area.bad{fill:var(--bad)}
.a .swatch{color:var(--a)}.b .swatch{color:var(--b)}.c .swatch{color:var(--c)}.d .swatch{color:var(--d)}.bad .swatch{color:var(--bad)}.whole .swatch{color:var(--dim)}
.key.bad{color:var(--dim)}
.time{margin-left:3.9rem;font-size:.72rem;color:var(--dim)}.time svg{display:block;width:100%;height:16px}.time text{fill:currentColor;font-size:11.5px}
.time .tiny{display:none}.time .unit{display:block;text-align:center;line-height:1}
.legend svg{vertical-align:baseline}.legend .whole{margin-right:.9rem}
.scale{display:grid;gap:.1rem 1rem;font-size:.72rem;color:var(--dim)}.scale text{fill:currentColor;font-size:11.5px}.strips.scale{grid-template-columns:minmax(0,17rem) minmax(0,1fr) minmax(0,21rem);margin-top:-.4rem}.fall.scale{grid-template-columns:minmax(0,22rem) minmax(0,1fr) 5.5rem}.scale .ends{display:flex;justify-content:space-between}
.low{margin:.4rem 0 0}.low svg[role=img]{height:64px}.low figcaption{margin-bottom:.15rem}
.times{display:flex;justify-content:space-between;margin-left:3.9rem;font-size:.72rem;color:var(--dim)}
main li{overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,23rem),1fr));gap:.5rem 2rem}
.charts .chart{margin:.75rem 0;min-width:0}.charts figcaption{overflow-wrap:anywhere}
.since{display:block;font-size:.8125rem}.since.bad{color:var(--bad)}.since.good{color:var(--good)}
.mark.bad{stroke:var(--bad)}.mark.good{stroke:var(--good)}
.forest{list-style:none;margin:1rem 0 .25rem;padding:0}
.forest li{display:grid;grid-template-columns:minmax(10rem,19rem) minmax(8rem,1fr) minmax(15rem,23rem);gap:.1rem 1rem;align-items:center;padding:.35rem 0;border-top:1px solid var(--line)}
.forest .name{overflow-wrap:anywhere;font-weight:500}.forest .name .badge{margin-right:.4em}
.forest .figures{font-size:.875rem;font-variant-numeric:tabular-nums}
.forest svg{width:100%;height:26px;display:block}
.forest .limit{fill:var(--dim);opacity:.2}.forest .zero{stroke:var(--dim)}
.forest .range{stroke:var(--dim);stroke-width:2px}.forest .change{stroke:var(--dim);stroke-width:10px}
.forest .worse path.range,.forest .worse path.change,.forest .missing path.range,.forest .missing path.change{stroke:var(--bad)}
.forest .better path.range,.forest .better path.change{stroke:var(--good)}
.forest .unclear path.range,.forest .unclear path.change{stroke:var(--warn)}
.forest .scale{display:flex;justify-content:space-between;font-size:.72rem;color:var(--dim);font-variant-numeric:tabular-nums}
details{margin-top:.75rem}summary{cursor:pointer;color:var(--link);width:fit-content;overflow-wrap:anywhere;padding:.25rem .25rem .25rem 0}details .scroll{margin-top:.5rem}
dl{margin:0}dl div{display:grid;grid-template-columns:minmax(8rem,15rem) 1fr;gap:.25rem 1.25rem;padding:.4rem 0;border-top:1px solid var(--line)}
dt{color:var(--dim);font-size:.875rem}dd{margin:0;font-size:.9375rem;overflow-wrap:anywhere;max-width:80ch}
footer{padding-top:1rem;padding-bottom:2.5rem;color:var(--dim);font-size:.8125rem;overflow-wrap:anywhere}
@media (max-width:760px){.forest li{grid-template-columns:minmax(0,1fr)}}
@media (max-width:760px){.scroll thead th:first-child,.scroll tbody th:first-child{position:sticky;left:0;background:var(--bg);max-width:9.5rem;min-width:7rem}.scroll thead th:first-child{background:var(--raised)}}
@media (max-width:560px){.time .slim{display:none}dl div{grid-template-columns:1fr;gap:0}.verdict{padding:.9rem 1rem}.axis{flex-basis:2.6rem}.times,.time{margin-left:3.1rem}.figures li,.strips li,.strips.scale,.fall.scale{grid-template-columns:minmax(0,1fr)}.fall li{grid-template-columns:minmax(0,1fr) 4.5rem}.fall svg{grid-row:2;grid-column:1/3}.key{margin-left:.4rem}.views>.badge{display:none}.views ul{gap:0 .9rem}}
@media print{:root{color-scheme:light}html{font-size:75%}body{font-size:12px}header,main,footer{max-width:none;padding-left:0;padding-right:0}
nav.parts,.views ul,.skip{display:none}.views{position:static}
.view{break-before:page}#overview{break-before:auto}.view:not(#overview)::before{content:attr(aria-label);font-size:1.6rem;font-weight:600}
h1,h2,h3,summary,figcaption{break-after:avoid}figure,.tile,.role,tr,li,.verdict{break-inside:avoid}
.scroll{overflow:visible;border:0}th,td{padding:.25rem .35rem}thead th,td code,.whole,.num small{white-space:normal}
tbody th,td:not(.num),td code{overflow-wrap:anywhere;min-width:0}.why,.message,.where,.evidence,.statuses,.used{min-width:0}.used svg{flex-basis:2.5rem}
details.part:not([open]),#figures:not(:has(details.part[open])){display:none}
body:has(details:not([open])) footer p::before{content:"Parts that were closed on the screen are not printed. "}}
`;
