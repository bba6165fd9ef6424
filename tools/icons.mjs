// Gathers the icons that the templates use into static/icons.svg, one <symbol> each.
//   npm install --no-save @phosphor-icons/core@2.1.1 && node tools/icons.mjs [folder of node_modules]
// The result is committed, so nobody needs Node to run Thirdspace. The second layer of a duotone icon
// takes its colour and strength from --i2 and --i2o, which an external <use> inherits.
import fs from 'node:fs';
import path from 'node:path';

const MODULES = process.argv[2] || 'node_modules';
const HERE = path.resolve(import.meta.dirname, '..');
const NAMES = `
  archive arrow-arc-left arrow-arc-right arrow-bend-down-right arrow-bend-up-left arrow-clockwise
  arrow-counter-clockwise arrow-down arrow-left arrow-right arrow-u-up-left arrow-up arrows-counter-clockwise
  arrows-out-cardinal backpack bandaids bell binoculars book-open bookmark-simple calendar-blank camera camera-plus
  caret-down caret-left caret-right caret-up chalkboard-teacher chat-circle-dots chat-slash check check-circle
  check-square circle clock clock-countdown cloud cloud-rain copy desktop device-mobile device-tablet door door-open
  dots-three download-simple envelope-simple eye eye-slash file-zip fingerprint flag flag-pennant funnel hammer hand
  hand-heart hand-waving hands-praying hourglass-medium house identification-card image images info key keyboard
  laptop lifebuoy lightbulb link link-break list-bullets list-checks list-numbers lock-key lock-simple
  magnifying-glass monitor moon moon-stars note note-pencil paper-plane-tilt password pencil-simple
  pencil-simple-line phone phone-call plant plus printer question quotes seal-check shield-check sign-in sign-out
  siren sliders-horizontal smiley-sad soccer-ball speaker-high student sun sun-horizon tent text-aa text-b
  text-italic translate trash tray tree user user-check user-circle user-circle-dashed user-minus user-plus users
  users-four users-three warning-circle wifi-slash x`.trim().split(/\s+/);
const PLAIN = /^(caret-|plus$|check$|x$|dots-three$|arrow-|text-b$|text-italic$|list-bullets$|list-numbers$)/;
const SECOND = 'fill="var(--i2,currentColor)" opacity="var(--i2o,.2)"';

// Two homes side by side, for "my class's families": ours, drawn on the same grid.
const OURS = {
  houses: `<path ${SECOND} d="M32 120l44-40 44 40v80H32zM136 104l44-40 44 40v96h-88z"/>`
    + '<path d="M229.400 98.100l-44-40a8 8 0 0 0-10.800 0L126.400 101.900 81.400 74.100a8 8 0 0 0-10.800 0l-44 40A8 8 0 0 0 24 120v80a8 8 0 0 0 8 8h192a8 8 0 0 0 8-8v-96a8 8 0 0 0-2.600-5.900zM112 192H88v-32a8 8 0 0 0-16 0v32H40v-68.500l36-32.700 36 32.700zm104 0h-28v-40a8 8 0 0 0-16 0v40h-28v-84.500l36-32.700 36 32.700z"/>',
};

function symbol(name) {
  if (OURS[name]) return `<symbol id="i-${name}" viewBox="0 0 256 256">${OURS[name]}</symbol>`;
  const file = PLAIN.test(name) ? `bold/${name}-bold.svg` : `duotone/${name}-duotone.svg`;
  const svg = fs.readFileSync(path.join(MODULES, '@phosphor-icons/core/assets', file), 'utf8');
  const drawing = svg.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '').replace(/ ?opacity="0?\.2"/g, ` ${SECOND}`);
  return `<symbol id="i-${name}" viewBox="0 0 256 256">${drawing}</symbol>`;
}

const all = [...new Set([...NAMES, ...Object.keys(OURS)])].sort().map(symbol).join('\n');
fs.writeFileSync(path.join(HERE, 'static/icons.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Phosphor Icons 2.1.1, MIT licence, (c) Phosphor Icons (icons-LICENSE.txt); "houses" is our own -->\n${all}\n</svg>\n`);
