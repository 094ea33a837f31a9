/** What a `<script>` gives the page as `Cloister`. */
export { createCloister } from './cloister.js';
export { CloisterError } from '@cloister/protocol';
