import { createContext } from 'react';

/** Whether all charts within are tall: on a projector, where few stand side by side. Apart from them, because charts are loaded late. */
export const TallCharts = createContext(false);
