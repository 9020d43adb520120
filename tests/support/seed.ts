/** Property tests draw the same cases every time, unless FLOORWATCH_SEED asks for others: a red run can be run again. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.FLOORWATCH_SEED ?? 20_261_121) })
