// Tries what docs/api/integration.md promises of its module, at the demo at BASE_URL. Prints nothing when all is well.
import assert from 'node:assert/strict';
import { ApiError, Session, adminApi, coachApi, outcomeOf, sentenceFor } from './messaging.mjs';

const base = process.env.BASE_URL;
const plain = globalThis.fetch;
let refreshes = 0;
globalThis.fetch = (url, options) => {
  if (url.endsWith('/api/auth/refresh')) refreshes++;
  return plain(url, options);
};

const session = new Session(base);
const jane = await session.login('jane@demo.test', 'demo-password');
const coach = coachApi(session);
const adminSession = new Session(base);
await adminSession.login('admin@demo.test', 'demo-password');
const admin = adminApi(adminSession);

async function failure(promise) {
  return promise.then(() => assert.fail('it should have failed'), (error) => error);
}

// A wrong password is told, and not mistaken for a token that ran out.
const wrong = await failure(new Session(base).login('jane@demo.test', 'nonsense'));
assert.ok(wrong instanceof ApiError);
assert.deepEqual([wrong.status, wrong.code, refreshes], [401, 'BAD_CREDENTIALS', 0]);

// Calls that meet a dead token together share one refresh, and all of them go through.
session.tokens = { ...session.tokens, token: 'dead' };
const together = await Promise.all([coach.getStats(), coach.getInbox(), coach.getTemplates(), coach.getContacts()]);
assert.equal(refreshes, 1);
assert.equal(together.length, 4);
const again = await coach.getStats();
assert.ok(again.totalMessages > 0);
assert.equal(refreshes, 1);

// With no good token left the 401 comes out.
const lost = new Session(base);
lost.tokens = { token: 'dead', refreshToken: 'dead' };
assert.equal((await failure(coachApi(lost).getStats())).status, 401);

// No credits: 402 with the balance. No window: WINDOW_CLOSED. No server: a sentence, too.
const open = (await coach.getInbox({ window: 'open', limit: 1 })).conversations[0];
const grant = (amount) =>
  adminSession.call('POST', `/api/messaging/admin/coaches/${jane._id}/credits`, { amount, reason: 'integration check' });
const { balance } = (await coach.getStats()).credits;
await grant(-balance);
const broke = await outcomeOf(coach.sendFromInbox({ contactId: open.contactId, message: 'Hi', type: 'text' }));
await grant(balance);
assert.equal(broke.error.status, 402);
assert.equal(broke.say, 'You have 0 credits and need 1. Please purchase more credits to continue sending messages.');
const stranger = await outcomeOf(coach.sendMessage({ to: '+12025550199', message: 'Hi', type: 'text' }));
assert.deepEqual([stranger.error.status, stranger.error.code], [400, 'WINDOW_CLOSED']);
const nobody = await outcomeOf(coach.sendMessage({ message: 'Hi', type: 'text' }));
assert.equal(nobody.say, 'Recipient phone number is required');
assert.equal(nobody.error.fields.to, nobody.say);
const away = await failure(new Session('http://localhost:9').login('a', 'b'));
assert.equal(sentenceFor(away), 'The server cannot be reached. Please try again.');
assert.equal(sentenceFor(new ApiError(429, { code: 'ANY' }, '7')), 'Too much at once. Please try again in 7 seconds.');
assert.equal(sentenceFor(new ApiError(502, {}, null)), 'Something went wrong. Please try again.');

// Every function answers what its comment says.
const sent = (await outcomeOf(coach.sendFromInbox({ contactId: open.contactId, message: 'Hi', type: 'text' }))).sent;
assert.deepEqual(Object.keys(sent), ['messageId', 'wamid', 'status', 'creditsUsed', 'remainingCredits']);
const contacts = [{ phone: open.contactPhone, leadId: open.contactId }];
const bulk = await coach.sendBulk({ contacts, message: 'Hi all', type: 'text' });
assert.deepEqual([bulk.total, bulk.successful, bulk.pending], [1, 1, 0]);
assert.equal((await coach.getBulk(bulk.bulkId)).status, 'completed');
assert.equal((await admin.sendAdminBulk({ contacts, message: 'Hi all', type: 'text' })).creditsUsed, 0);
const once = { contactId: open.contactId, message: 'Once', type: 'text' };
const key = crypto.randomUUID();
const first = await coach.sendFromInbox(once, key);
assert.equal((await coach.sendFromInbox(once, key)).messageId, first.messageId);
assert.equal((await failure(coach.sendFromInbox({ ...once, message: 'Twice' }, key))).code, 'IDEMPOTENCY_KEY_REUSED');
assert.equal((await coach.searchContacts('olivia')).total, 1);
assert.equal((await coach.getTemplateParameters()).total, 39);
const [template] = (await coach.getTemplates({ category: 'welcome' })).templates;
assert.deepEqual((await coach.previewTemplate(template._id, open.contactId)).missingVariables, []);
assert.match((await coach.previewTemplate(template._id)).renderedContent.body, /John Doe/);
const { messages } = await coach.getConversation(open.contactId, { limit: 200 });
const heard = messages.findLast((message) => message.senderType === 'lead');
assert.equal((await coach.markAsRead(heard._id)).isRead, true);
assert.equal((await admin.getAllContacts({ coachId: jane._id, limit: 1 })).contacts[0].coach._id, jane._id);
assert.ok((await admin.getAllTemplates({ search: 'welcome' })).total > 0);
assert.equal((await admin.getAdminConversation(open.contactId, { limit: 1 })).contact.id, open.contactId);
assert.equal((await failure(adminApi(session).getSystemStats())).status, 403);

// After logging out the refresh token is worth nothing, either.
const { refreshToken } = session.tokens;
await session.logout();
assert.equal(session.tokens, null);
assert.equal((await failure(session.call('POST', '/api/auth/refresh', { refreshToken }))).status, 401);
