// A soft tone, made here: no file, nothing foreign. Browsers let a page sound only after somebody touched it.
const GAP_S = 0.22;
const LENGTH_S = 0.18;
let audio = null;

/** Where a touch is needed first, the next one does it. Resolves once it may sound; never throws: the page goes on. */
export async function begin() {
  try {
    audio ??= new AudioContext();
    if (audio.state !== "running") await audio.resume();
  } catch {
    // no sound in this browser, or none at this moment
  }
}

for (const touched of ["pointerdown", "keydown"]) addEventListener(touched, begin);

/** Once; of what is urgent three times, higher. What cannot sound now is silent: it would sound all at once later. */
export function play({ urgent = false } = {}) {
  if (audio?.state !== "running") return;
  try {
    for (let turn = 0; turn < (urgent ? 3 : 1); turn += 1) tone(urgent ? 880 : 587, audio.currentTime + turn * GAP_S);
  } catch {
    // a device that went away
  }
}

/** How it sounds, for whoever turns it on. */
export const sample = () => begin().then(() => play());

function tone(pitch, at) {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH_S);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + LENGTH_S);
}
