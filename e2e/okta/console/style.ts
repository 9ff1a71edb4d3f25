/** The one stylesheet: system fonts, light and dark, down to a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #101318);
  --card: light-dark(#ffffff, #181c23);
  --line: light-dark(#e1e5ea, #2b313b);
  --ink: light-dark(#1b2028, #e8ebf0);
  --quiet: light-dark(#5a6472, #9aa4b2);
  --blue: light-dark(#1662dd, #7aa9ff);
  --blue-ground: light-dark(#e8f0fd, #1b2a45);
  --on-blue: light-dark(#ffffff, #0b1220);
  --good: light-dark(#136c3e, #6fd19c);
  --good-ground: light-dark(#e4f5ea, #14301f);
  --bad: light-dark(#b3261e, #ff9a92);
  --bad-ground: light-dark(#fdeceb, #3a1a19);
  --warn: light-dark(#855800, #f0c060);
  --warn-ground: light-dark(#fdf3dd, #362a10);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; min-height: 100vh; display: flex; flex-direction: column; }
h1, h2, h3, h4, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; border: 0; }
ul, ol { list-style: none; }
h1 { font-size: 17px; font-weight: 600; }
h2 { font-size: 20px; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 15px; font-weight: 650; margin-bottom: 14px; }
h4 { font-size: 12px; font-weight: 600; color: var(--quiet); margin-bottom: 6px; }
a { color: var(--blue); text-underline-offset: 3px; }
code, pre { font-family: var(--mono); font-size: 13px; }
code { overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.quiet { color: var(--quiet); font-size: 13px; }
.fine { color: var(--quiet); font-size: 13px; }
.lead { color: var(--quiet); max-width: 65ch; margin-top: -12px; }
.eyebrow { color: var(--quiet); font-size: 13px; font-weight: 600; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px 12px; z-index: 1; }

.top { background: light-dark(#1d2433, #0b0e13); color: #f2f4f8; padding: 12px 20px; display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: center; justify-content: space-between; border-bottom: 1px solid var(--line); }
.top h1 { color: #b9c2d0; }
.top h1 span { color: #ffffff; }
.top :focus-visible { outline-color: #9dbdff; }
.switch { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 14px; }
.switch a { text-decoration: none; color: #b9c2d0; }
.switch a[aria-current] { color: #ffffff; font-weight: 600; }
.switch a:hover { text-decoration: underline; }
.switch .out { color: #9dbdff; }
.frame { display: grid; grid-template-columns: 208px minmax(0, 1fr); flex: 1; max-width: 1380px; width: 100%; margin: 0 auto; }
.side { padding: 24px 8px 24px 20px; display: flex; flex-direction: column; gap: 18px; }
.side-section { display: flex; flex-direction: column; gap: 2px; }
.side-heading { font-size: 12px; font-weight: 600; color: var(--quiet); padding: 0 12px 2px; }
.side a { display: flex; justify-content: space-between; align-items: center; gap: 8px; padding: 6px 12px; border-radius: 7px; text-decoration: none; color: var(--ink); white-space: nowrap; }
.side a:hover { background: light-dark(#eceff3, #1a1f27); }
.side a[aria-current] { background: var(--blue-ground); color: var(--blue); font-weight: 600; }
.count { font-size: 12px; font-weight: 600; padding: 0 7px; border-radius: 99px; background: var(--bad-ground); color: var(--bad); }
.tabs { display: flex; gap: 24px; border-bottom: 1px solid var(--line); overflow-x: auto; }
.tabs a { padding: 6px 0 9px; text-decoration: none; color: var(--quiet); border-bottom: 2px solid transparent; white-space: nowrap; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--blue); }
.app-mark { width: 34px; height: 34px; border-radius: 8px; display: grid; place-items: center; background: var(--blue); color: var(--on-blue); font-weight: 700; }
main { width: 100%; max-width: 1160px; margin: 0 auto; padding: 28px 20px 48px; display: flex; flex-direction: column; gap: 20px; flex: 1; }
footer { padding: 20px; text-align: center; color: var(--quiet); font-size: 13px; }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px; min-width: 0; }
.heading { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: center; }
.heading h2 { margin-right: auto; }
.heading .badges { margin-right: auto; }
.heading h2:has(+ .badges) { margin-right: 0; }
* + .heading:not(:first-child) { margin-top: 12px; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; align-items: start; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 16px; }
.tile { display: grid; gap: 6px; text-decoration: none; color: inherit; }
.tile:hover { border-color: var(--blue); }
.tile strong { font-size: 17px; }
.empty { color: var(--quiet); text-align: center; padding: 32px; }

.table { padding: 0; overflow: hidden; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 13px; font-weight: 600; color: var(--quiet); padding: 10px 20px; border-bottom: 1px solid var(--line); }
td { padding: 10px 20px; border-bottom: 1px solid var(--line); vertical-align: middle; }
tr:last-child td { border-bottom: 0; }
tbody tr:hover { background: light-dark(#fafbfc, #1c212a); }
td .quiet { display: block; }
.who { font-weight: 600; text-decoration: none; }
.who:hover { text-decoration: underline; }
.badges { display: inline-flex; flex-wrap: wrap; gap: 6px; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 12.5px; font-weight: 550; white-space: nowrap; background: light-dark(#eef0f3, #262c36); color: var(--quiet); }
.badge-good { background: var(--good-ground); color: var(--good); }
.badge-bad { background: var(--bad-ground); color: var(--bad); }
.badge-warn { background: var(--warn-ground); color: var(--warn); }
.badge-blue { background: var(--blue-ground); color: var(--blue); }

.flash { padding: 11px 16px; border-radius: 8px; font-weight: 550; overflow-wrap: anywhere; }
.flash-good { background: var(--good-ground); color: var(--good); }
.flash-bad { background: var(--bad-ground); color: var(--bad); }
.flash-warn { background: var(--warn-ground); color: var(--warn); }
.fault-banner { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
.task strong { color: var(--bad); margin-right: 6px; }
.task-waiting { border-color: var(--warn); }
.task-waiting strong { color: var(--warn); }
.card.task-list { padding: 0; }
.task-list li { display: flex; gap: 14px; padding: 14px 20px; border-bottom: 1px solid var(--line); }
.task-list li:last-child { border-bottom: 0; }
.task-list li > div { min-width: 0; overflow-wrap: anywhere; }
.task-list input { margin-top: 5px; }
.filter { display: grid; grid-template-columns: 2fr 1fr 2fr auto; gap: 12px 16px; align-items: end; }
.filter label { min-width: 0; }
.filter input:not([type=checkbox]), .filter select { height: 40px; }
.log-event { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 10px 20px 10px 38px; }
.event-name { flex: 1 1 calc(100% - 30px); font-weight: 600; }
.filter + .requests summary { row-gap: 2px; }
.task { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; justify-content: space-between; border-color: var(--bad); }
.task p { flex: 1 1 320px; overflow-wrap: anywhere; }

.stack { display: grid; gap: 16px; justify-items: start; }
.stack > * { width: 100%; }
.stack > .button { width: auto; }
.stack > h3, .heading h3 { margin: 0; }
.tiles > .stack { align-content: start; }
.tiles .heading:not(:first-child) { margin-top: 0; }
.form { max-width: 640px; }
.inline { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }
.inline input:not([type=checkbox]), .inline select { margin: 0; flex: 1 1 200px; width: auto; min-width: 0; }
.actions .name { flex: 1 1 160px; font-weight: 550; }
.name .quiet { display: block; font-weight: 400; }
.actions + .ruled, .quiet + .ruled { margin-top: 16px; }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px 16px; }
.fields .wide { grid-column: 1 / -1; }
label, legend { font-size: 13.5px; font-weight: 550; }
legend { margin-bottom: 6px; padding: 0; }
input:not([type=checkbox], [type=radio]), select { display: block; width: 100%; margin-top: 5px; padding: 8px 11px; font: inherit; font-size: 15px; font-weight: 400; color: var(--ink); background: light-dark(#fff, #12161c); border: 1px solid light-dark(#c3cad3, #3d4553); border-radius: 7px; }
input::placeholder { color: var(--quiet); opacity: 1; }
.check { display: flex; gap: 9px; align-items: baseline; font-weight: 400; font-size: 15px; padding: 2px 0; }
input[type=checkbox], input[type=radio] { accent-color: var(--blue); margin: 0; flex: none; translate: 0 1px; }
.search input:not([type=checkbox]) { margin: 0; width: 220px; }
.button { display: inline-block; font: inherit; font-size: 14.5px; font-weight: 600; line-height: 1.4; text-decoration: none; cursor: pointer; padding: 8px 15px; border-radius: 7px; border: 1px solid transparent; background: var(--blue); color: var(--on-blue); }
.button:hover { filter: brightness(1.08); }
.button-plain { background: transparent; color: var(--ink); border-color: light-dark(#c3cad3, #3d4553); }
.button-plain:hover { background: light-dark(#f2f4f6, #222832); filter: none; }
.button-danger { background: transparent; color: var(--bad); border-color: currentColor; }
.button-danger:hover { background: var(--bad-ground); filter: none; }
.actions { display: grid; gap: 12px; }
.actions li { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; }
.facts { display: grid; gap: 2px; }
.facts dt { font-size: 13px; color: var(--quiet); margin-top: 10px; }
.facts dd .quiet { display: block; }
.facts + h3, .actions + .facts { margin-top: 20px; }
.actions + .facts { border-top: 1px solid var(--line); padding-top: 8px; }

.requests { padding: 0; overflow: hidden; }
.requests li { border-bottom: 1px solid var(--line); }
.requests li:last-child { border-bottom: 0; }
.requests .fresh { box-shadow: inset 3px 0 var(--blue); }
summary { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 10px 20px; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; width: 6px; height: 6px; border: solid var(--quiet); border-width: 0 1.5px 1.5px 0; rotate: -45deg; flex: none; }
details[open] summary::before { rotate: 45deg; }
summary:hover { background: light-dark(#fafbfc, #1c212a); }
.method { font: 600 12.5px var(--mono); width: 46px; color: var(--blue); }
.method-get { color: var(--quiet); }
.path { flex: 1 1 260px; }
.line-end { white-space: nowrap; }
details .columns { padding: 4px 20px 20px; gap: 16px; }
pre { margin: 0 0 8px; padding: 12px 14px; background: light-dark(#f4f6f8, #11151b); border-radius: 7px; overflow: auto; max-height: 420px; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; }

.centred { justify-content: center; align-items: center; padding: 24px 16px; }
.centred main { max-width: 440px; flex: none; gap: 14px; padding: 28px; }
.centred h1 { font-size: 22px; letter-spacing: -0.01em; margin-top: -10px; }
.stack > .people-choice { display: grid; gap: 8px; width: calc(100% + 6px); max-height: max(46vh, 540px); overflow: auto; padding: 3px; margin: -3px; }
.person-choice { display: flex; gap: 12px; align-items: center; width: 100%; padding: 9px 12px; text-align: left; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 9px; cursor: pointer; }
.person-choice:hover { border-color: var(--blue); background: var(--blue-ground); }
.person-choice strong, .person-choice .quiet { display: block; line-height: 1.35; overflow-wrap: anywhere; }
.person-choice strong { font-weight: 600; }
.avatar { flex: none; width: 34px; height: 34px; border-radius: 50%; display: grid; place-items: center; font-size: 13px; font-weight: 600; background: var(--blue-ground); color: var(--blue); }
.ruled { border-top: 1px solid var(--line); padding-top: 16px; }

@media (max-width: 720px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .top { padding: 12px 16px; }
  .frame { display: block; }
  .side { flex-direction: row; gap: 4px; padding: 8px 12px; overflow-x: auto; border-bottom: 1px solid var(--line); background: var(--card); }
  .side-section { flex-direction: row; gap: 4px; }
  .side-heading { position: absolute; left: -999px; }
  .tabs { gap: 18px; }
  .filter { grid-template-columns: minmax(0, 1fr); align-items: stretch; }
  .task-list li { padding: 12px 16px; }
  main { padding-top: 20px; }
  thead { position: absolute; left: -999px; }
  table, tbody, tr, td { display: block; }
  tr { padding: 12px 16px; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { padding: 0 0 4px; border: 0; }
  .card { padding: 16px; }
  .table, .requests { padding: 0; }
  .search { order: 1; flex: 1 1 100%; }
  .search input:not([type=checkbox]) { width: 100%; }
  summary { padding: 10px 16px; }
  .path { flex-basis: calc(100% - 90px); }
  summary .badge { margin-left: 18px; }
  details .columns { padding: 0 16px 16px; }
}
@media (max-width: 460px) {
  .fields { grid-template-columns: minmax(0, 1fr); }
}
`
