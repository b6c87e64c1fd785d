// A soft tone, made here: no file, nothing foreign. Browsers let a page sound only after somebody touched it.
const GAP_S = 0.22;
const LENGTH_S = 0.18;
let audio = null;

function begin() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}

for (const touched of ["pointerdown", "keydown"]) addEventListener(touched, begin, { once: true });

/** Once; of what is urgent three times, higher. */
export function play({ urgent = false } = {}) {
  begin();
  for (let turn = 0; turn < (urgent ? 3 : 1); turn += 1) tone(urgent ? 880 : 587, audio.currentTime + turn * GAP_S);
}

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
