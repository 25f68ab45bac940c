export { createGlossary, type Glossary } from './store.ts';
