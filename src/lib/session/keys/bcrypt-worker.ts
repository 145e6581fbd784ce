import bcrypt from 'bcryptjs';

/** bcrypt in a thread of its own: it takes up to a second on a slow tablet. One question, one answer. */
addEventListener('message', (event: MessageEvent<{ password: string; salt: string }>) => {
  postMessage(bcrypt.hashSync(event.data.password, event.data.salt));
});
