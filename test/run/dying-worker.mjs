/** The built worker, but that it dies of runs whose lot says so. */
import { codesTask as checkCodes, sheetsTask as layOut } from '../../dist/node-worker.cjs'

export const sheetsTask = ({ run, port, ...task }) => {
  if (run.lot === 'SOUND') return layOut({ run, port, ...task })
  port.postMessage('more')
  return new Promise((_, reject) => {
    // With rows at hand.
    port.once('message', () => {
      if (run.lot === 'EXITS') process.exit(3)
      reject(new Error('thrown'))
    })
  })
}

export const codesTask = (task) => {
  const { lot } = task.due.run
  if (lot === 'EXITS') process.exit(3)
  if (lot === 'THROWS') throw new Error('thrown')
  return checkCodes(task)
}
