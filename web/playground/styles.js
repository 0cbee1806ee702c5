/**
 * The playground's style sheet: lecture paper and two inks, an 8 px grid, ink rules, no shadows. Layout follows the
 * container's width, never the viewport's: wide from 900 px, embed from 480, phone below, plot and ▶ only under 260.
 */
import { adaptations } from './styles/adaptations.js';
import { base } from './styles/base.js';
import { controls } from './styles/controls.js';
import { drawers } from './styles/drawers.js';
import { embed } from './styles/embed.js';
import { message } from './styles/message.js';
import { phone } from './styles/phone.js';
import { plot } from './styles/plot.js';
import { print } from './styles/print.js';
import { side } from './styles/side.js';

/** In this order: a later rule of the same weight wins. */
export const styles = [base, controls, plot, side, embed, phone, drawers, adaptations, print, message];
