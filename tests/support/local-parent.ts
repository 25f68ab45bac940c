/**
 * A process with a transcriber child, to be killed: prints the child's process id once that is at work. Its
 * parameters are the child's command with parameters.
 */
import { TranscriberProcess } from '../../src/engines/local/transcriber-process.ts';
import { audio, hooks, plain } from './local-transcribers.ts';

const [command = '', ...parameters] = process.argv.slice(2);
const transcriber = new TranscriberProcess({ command, parameters, model: 'fake', device: 'cpu' });
await transcriber.ready;
const { segments } = (await transcriber.transcribe(audio('its own number'), plain, hooks())).transcript;
console.log(segments[0]?.text);
await transcriber.transcribe(audio('hangs'), plain, hooks());
