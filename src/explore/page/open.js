// Unpacks the page's script and starts it. The page's policy names it by its hash, so that no other can run.

// Takes a part out of the page, which is needed once.
const unpacked = id => {
  const holder = document.getElementById(id), letters = atob(holder.textContent.trim()), packed = new Uint8Array(letters.length);
  for (let n = 0; n < packed.length; n += 1) packed[n] = letters.charCodeAt(n);
  holder.remove();
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
};
if ('DecompressionStream' in window) {
  unpacked('script').text().then(text => {
    const script = document.createElement('script');
    script.textContent = text;
    document.body.append(script);
  });
}
