import { BROWSERS, sleep } from './browsers.mjs';
import { readFileSync } from 'node:fs';
const browser = await BROWSERS.chromium();
const page = await browser.driver.newPage(); await page.setViewport({width:1280,height:800});
await page.tracing.start({ path: '/tmp/w/trace.json', categories: ['devtools.timeline','v8','v8.execute','toplevel','blink.user_timing','v8.wasm','loading'] });
await page.goto('file://'+process.argv[2]);
await page.evaluate(`(async()=>{while(!/32/.test(document.getElementById('count').textContent)) await new Promise(d=>setTimeout(d,10)); performance.mark('end');})()`);
await page.tracing.stop();
const {traceEvents:ev}=JSON.parse(readFileSync('/tmp/w/trace.json'));
const names={}; for(const e of ev) if(e.ph==='M'&&e.name==='thread_name') names[e.pid+':'+e.tid]=e.args.name;
const nav=ev.filter(e=>e.name==='navigationStart'&&/explore|html/.test(e.args?.data?.documentLoaderURL??'')).at(-1), end=ev.filter(e=>e.name==='end').at(-1); const T0=nav.ts,T1=end.ts;
console.log('end',(T1-T0)/1000);
const by={};
for(const e of ev) if(e.ph==='X'&&e.dur>8000&&e.ts<T1&&e.ts+e.dur>T0&&!/RunTask|v8.callFunction|HandlePost/.test(e.name)) { (by[e.pid+' '+names[e.pid+':'+e.tid]+' '+e.tid]??=[]).push([((e.ts-T0)/1000).toFixed(0),(e.dur/1000).toFixed(0),e.name,e.args?.data?.functionName??e.args?.data?.type??'']); }
for(const k in by){ console.log(k); for(const r of by[k].sort((a,b)=>a[0]-b[0])) console.log('   ',r.join(' ')); }
await browser.close();
