import { BROWSERS, sleep } from './browsers.mjs';
import { readFileSync } from 'node:fs';
const browser = await BROWSERS.chromium();
const tab = await browser.open('file://'+process.argv[2]);
const go = tab.evaluate, page = tab.page;
const waitFor = c => `(async()=>{while(!(${c})) await new Promise(d=>setTimeout(d,10));})()`;
await go(waitFor(`/128/.test(document.getElementById('count').textContent)`));
await sleep(500);
const slider = `document.querySelector('#levers input[type=range]')`;
const move = share => `(() => { const s = ${slider}; document.querySelector('#levers details').open = true; s.value = Number(s.min) + ${share} * (s.max - s.min); s.dispatchEvent(new Event('input', { bubbles: true })); s.dispatchEvent(new Event('change', { bubbles: true })); })()`;
const rest = `(async()=>{await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); while(document.body.classList.contains('stale')) await new Promise(d=>setTimeout(d,5));})()`;
await go(move(0.5)); await sleep(3000);
await page.tracing.start({ path: '/tmp/w/trace.json', categories: ['devtools.timeline','v8','v8.execute','toplevel','blink.user_timing','disabled-by-default-v8.cpu_profiler'] });
const took = await go(`(async()=>{const f=performance.now(); performance.mark('go'); ${move(0.22)}; await ${rest}; performance.mark('end'); return performance.now()-f;})()`);
await page.tracing.stop();
console.log('took', took);
const {traceEvents:ev}=JSON.parse(readFileSync('/tmp/w/trace.json'));
const names={}; for(const e of ev) if(e.ph==='M'&&e.name==='thread_name') names[e.pid+':'+e.tid]=e.args.name;
const procs={}; for(const e of ev) if(e.ph==='M'&&e.name==='process_name') procs[e.pid]=e.args.name;
const marks=ev.filter(e=>e.name==='go'||e.name==='end'); console.log(JSON.stringify(marks[0])); const t0=ev.filter(e=>e.name==='EvaluateScript'||e.name==='v8.run'||e.cat.includes('user_timing')).length; console.log(new Set(ev.map(e=>e.cat)).size, ev.length);
const a=ev.find(e=>e.name==='go'), b=ev.find(e=>e.name==='end'); const T0=a.ts,T1=b.ts;
const by={};
for(const e of ev) if(e.ph==='X'&&e.dur>3000&&e.ts<T1&&e.ts+e.dur>T0) { (by[procs[e.pid]+' '+names[e.pid+':'+e.tid]]??=[]).push([((e.ts-T0)/1000).toFixed(1),(e.dur/1000).toFixed(1),e.name,e.args?.data?.functionName??e.args?.data?.type??'']); }
for(const k in by){ console.log(k); for(const r of by[k].sort((a,b)=>a[0]-b[0])) console.log('   ',r.join(' ')); }
await browser.close();
