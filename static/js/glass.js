// The time that is left while something is open that was not shared. The page goes away by itself (the Refresh header).
const left = document.querySelector('[data-left]');

if (left) {
  const end = performance.now() + Number(left.dataset.left) * 1000;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  tick();
  setInterval(tick, 1000);
}
