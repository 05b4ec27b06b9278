/** What the drawn picture shows. */
export interface DrawnScene {
  machineName: string;
  /** Wall clock, for the caption. */
  atMs: number;
  /** Counts the pictures: sparks fly elsewhere in each. */
  seed: number;
  isPowered: boolean;
  isArcing: boolean;
  /** % of the lower explosive limit around the machine. */
  gasPercentLel: number;
  isHousingOpen: boolean;
}

const [WIDTH, HEIGHT] = [640, 480];
const FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif";

/** A workshop with the machine, its bench and what happens there, as SVG; stamped as a demonstration. */
export function drawScene(scene: DrawnScene): string {
  const lamp = scene.isPowered ? "#35d06a" : "#7b8794";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<defs><radialGradient id="arc"><stop offset="0" stop-color="#ffffff"/><stop offset="0.25" stop-color="#cfe8ff" stop-opacity="0.95"/>
<stop offset="1" stop-color="#8fc7ff" stop-opacity="0"/></radialGradient>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#56616b"/><stop offset="1" stop-color="#3b444c"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>
<rect y="345" width="${WIDTH}" height="135" fill="#2b3137"/>
<path d="M0 345 H640 M0 395 H640 M120 345 L40 480 M320 345 V480 M520 345 L600 480" stroke="#394149" stroke-width="2"/>
<rect x="300" y="285" width="280" height="18" fill="#8b6b43"/><rect x="320" y="303" width="16" height="92" fill="#6d5233"/>
<rect x="544" y="303" width="16" height="92" fill="#6d5233"/>
<rect x="360" y="262" width="150" height="23" fill="#9aa5af"/><rect x="430" y="248" width="10" height="37" fill="#b8c1c9"/>
<rect x="70" y="235" width="150" height="130" rx="8" fill="#c4541c"/><rect x="84" y="252" width="122" height="42" rx="4" fill="#20262b"/>
<circle cx="104" cy="325" r="11" fill="${lamp}"/><circle cx="150" cy="325" r="16" fill="#20262b"/><circle cx="190" cy="325" r="9" fill="#20262b"/>
${scene.isHousingOpen ? '<path d="M220 235 l46 -18 v130 l-46 18 z" fill="#8a3a12"/><rect x="205" y="252" width="15" height="96" fill="#0d1013"/>' : ""}
<path d="M206 350 C260 420 360 400 432 285" fill="none" stroke="#14181b" stroke-width="6"/>
${scene.isArcing ? arc(scene.seed) : ""}${smoke(scene.gasPercentLel, scene.seed)}
<rect width="${WIDTH}" height="34" fill="#000" fill-opacity="0.55"/>
<text x="12" y="23" font-family="${FONT}" font-size="17" fill="#fff">${textOf(scene.machineName)}</text>
<text x="628" y="23" font-family="${FONT}" font-size="17" fill="#fff" text-anchor="end">${shanghaiTime(scene.atMs)}</text>
<text x="628" y="466" font-family="${FONT}" font-size="30" font-weight="700" fill="#fff" fill-opacity="0.85" text-anchor="end">演示 DEMO</text>
</svg>`;
}

/** Light at the seam, and sparks that fall off the bench. */
function arc(seed: number): string {
  const sparks = Array.from({ length: 26 }, (_, index) => {
    const turn = fraction(seed * 31 + index * 7);
    const reach = 40 + 120 * fraction(seed * 17 + index * 13);
    const [x, y] = [
      436 + reach * Math.cos(Math.PI * (turn * 1.4 - 0.2)),
      250 + reach * Math.sin(Math.PI * turn),
    ];
    return `<path d="M436 250 Q${((436 + x) / 2).toFixed(0)} ${((250 + y) / 2 - 24).toFixed(0)} ${x.toFixed(0)} ${y.toFixed(0)}" stroke="#ffd27a" stroke-width="1.6" fill="none" stroke-opacity="0.8"/>`;
  });
  return `<circle cx="436" cy="250" r="150" fill="url(#arc)"/>${sparks.join("")}<circle cx="436" cy="250" r="9" fill="#fff"/>`;
}

/** The more gas, the denser. */
function smoke(percentLel: number, seed: number): string {
  if (percentLel < 5) return "";
  const opacity = Math.min(0.55, percentLel / 60);
  return Array.from({ length: 9 }, (_, index) => {
    const [x, y] = [250 + 240 * fraction(seed * 3 + index * 11), 110 + 150 * fraction(seed * 5 + index * 19)];
    const radius = 40 + 50 * fraction(index * 23 + seed);
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${radius.toFixed(0)}" fill="#d9d3c4" fill-opacity="${(opacity / 2).toFixed(2)}"/>`;
  }).join("");
}

/** A scatter of numbers in 0–1 that is the same for the same `value`. */
function fraction(value: number): number {
  const scattered = Math.sin(value * 12.9898) * 43_758.5453;
  return scattered - Math.floor(scattered);
}

function shanghaiTime(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

function textOf(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
