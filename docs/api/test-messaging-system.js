#!/usr/bin/env node
'use strict';

// Tries a running server, area by area of the specification's test coverage. Needs Node 20+ and nothing else:
//
//   COACH_TOKEN=… ADMIN_TOKEN=… node docs/api/test-messaging-system.js
//
//   COACH_TOKEN  a coach's access token (POST /api/auth/login)
//   ADMIN_TOKEN  an admin's, with the permission whatsapp_management
//   BASE_URL     the server; http://localhost:5000 unless given
//   SEND=yes     sends messages, too: five as the coach, two as the admin, to one contact of hers whose 24-hour
//                window is open. On a real number they reach a person and cost money, so without it nothing is sent.
//   SEND_TO      that contact's id; otherwise whoever of them was heard of last
//   MEDIA_URL    the image that is sent; on a real number one that exists
//
// It creates one contact with a number reserved for fiction and two templates, and deletes them again. It exits with 1
// if a check failed; what it skips, and why, it says.

const BASE = (process.env.BASE_URL || 'http://localhost:5000').replace(/\/+$/, '');
const SENDS = process.env.SEND === 'yes';
const MEDIA_URL = process.env.MEDIA_URL || 'https://example.com/image.jpg';
const NOBODY = 'no-such-id';

const counts = { passed: 0, failed: 0, skipped: 0 };
const leftovers = [];

// ---- asking and checking

class Client {
  constructor(token) {
    this.token = token;
  }

  /** Answers {status, body, requestId}. `path` is below /api/messaging unless it begins with /api. */
  async ask(method, path, body, headers = {}) {
    const response = await fetch(BASE + (path.startsWith('/api') ? path : `/api/messaging${path}`), {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text), requestId: response.headers.get('X-Request-Id') };
  }

  get = (path) => this.ask('GET', path);
  post = (path, body) => this.ask('POST', path, body);
  put = (path, body = {}) => this.ask('PUT', path, body);
  delete = (path) => this.ask('DELETE', path);

  /** What stands in `data`, of an answer that must be 200. */
  async data(path) {
    const { status, body } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path} answers ${status} ${JSON.stringify(body)}`);
    return body.data;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function check(what, holds, seen) {
  counts[holds ? 'passed' : 'failed']++;
  console.log(`  ${holds ? '✓' : '✗'} ${what}`);
  if (!holds && seen !== undefined) console.log(`      ${JSON.stringify(seen).slice(0, 500)}`);
  return holds;
}

function skip(what, why) {
  counts.skipped++;
  console.log(`  - ${what}: skipped, ${why}`);
}

/** A refusal: its status, its code, and the body every refusal has. */
function refused(what, answer, status, code, message) {
  const { success, message: said, error, code: named } = answer.body;
  const complete = success === false && typeof said === 'string' && typeof error === 'string';
  check(`${what} → ${status} ${code}`,
    answer.status === status && complete && named === code && (message === undefined || said === message), answer);
}

const has = (object, ...keys) => object !== null && typeof object === 'object' && keys.every((key) => key in object);
const isPagination = (pagination) => has(pagination, 'current', 'pages', 'total', 'limit');
const ascending = (values) => values.every((value, n) => n === 0 || values[n - 1] <= value);
const wholeNumbers = (object, ...keys) => keys.every((key) => Number.isInteger(object[key]) && object[key] >= 0);

async function area(name, checks) {
  console.log(`\n${name}`);
  try {
    await checks();
  } catch (failure) {
    check(`no check of this area breaks off`, false, String(failure.message));
  }
}

// ---- the nine areas

let coach;
let admin;
let me;
let lead; // a contact of the coach's that is made for this run and has not written
let template; // a template of the coach's that is made for this run
let chat; // a conversation of hers with an open window; null when she has none

async function templateParameters() {
  const { parameters, total } = await coach.data('/templates/parameters');
  const all = parameters.flatMap((group) => group.parameters);
  check('the parameters come in four categories',
    ['Lead', 'Client', 'Coach', 'System'].every((name) => parameters.some((g) => g.category === `${name} Information`)),
    parameters.map((group) => group.category));
  check('each has name, description, example, field and type',
    all.every((one) => has(one, 'name', 'description', 'example', 'field', 'type')));
  check('total is how many there are, each once', total === all.length && new Set(all.map((p) => p.name)).size === total);

  template = await made('/templates', {
    name: `Test ${Date.now()}`,
    content: {
      body: "Hello {{lead.name}}! Your goal is {{client.goal}} and you're working with {{ COACH.fullname }}. "
        + 'Today is {{system.date}}.',
    },
  });
  const sample = await coach.data(`/templates/${template._id}/preview`);
  check('a preview is filled with sample data, whatever case and spaces a placeholder has',
    sample.renderedContent.body === "Hello John Doe! Your goal is Weight Loss and you're working with Jane Smith. "
      + 'Today is 2024-01-15.', sample.renderedContent);
  const real = await coach.data(`/templates/${template._id}/preview?leadId=${lead._id}`);
  check("or with a lead's, whose values are not filled in again",
    real.renderedContent.body.startsWith(`Hello ${lead.name}! `), real.renderedContent);
  check('and says what that lead lacks', real.missingVariables.includes('client.goal'), real.missingVariables);
  refused('an unknown placeholder', await coach.post('/templates', { name: 'x', content: { body: '{{no.such}}' } }),
    400, 'VALIDATION_FAILED');
}

async function contactAccess() {
  const list = await coach.data('/contacts?page=1&limit=50');
  check('the list has the documented fields', isPagination(list.pagination) && list.contacts.every((contact) =>
    has(contact, '_id', 'name', 'email', 'phone', 'status', 'leadTemperature', 'source', 'createdAt', 'messageCount')));
  for (const [by, words] of [['name', 'zzyzx'], ['phone', lead.phone.slice(1)], ['e-mail address', lead.email]]) {
    const found = await coach.data(`/contacts/search?q=${encodeURIComponent(words)}&limit=20`);
    check(`she is found by her ${by}`, found.contacts.some((contact) => contact._id === lead._id)
      && found.total >= found.contacts.length, found.total);
  }
  refused('a search for one letter', await coach.get('/contacts/search?q=z'), 400, 'VALIDATION_FAILED');

  const own = await admin.data(`/admin/contacts?coachId=${me._id}&limit=200`);
  check("an admin's list can be one coach's", own.contacts.length > 0
    && own.contacts.every((contact) => contact.coach._id === me._id));
  const others = (await admin.data('/admin/contacts?limit=200')).contacts
    .find((contact) => contact.coach && contact.coach._id !== me._id);
  if (!others) return skip("another coach's contact", 'no other coach has one');
  const unknown = await coach.get(`/inbox/conversation/${NOBODY}`);
  const foreign = await coach.get(`/inbox/conversation/${others._id}`);
  check("another coach's contact is answered like one that does not exist",
    foreign.status === 404 && JSON.stringify(foreign.body) === JSON.stringify(unknown.body), foreign);
  const asked = await coach.data(`/contacts?coachId=${others.coach._id}&search=${encodeURIComponent(others.phone ?? others.name)}`);
  check("nor does coachId open a coach's list", !asked.contacts.some((contact) => contact._id === others._id));
}

async function messageSending() {
  const send = (body) => coach.post('/send', body);
  const text = { to: lead.phone, message: 'Hello!', type: 'text' };
  refused('no recipient', await send({ message: 'Hello!', type: 'text' }), 400, 'VALIDATION_FAILED',
    'Recipient phone number is required');
  refused('no phone number', await send({ ...text, to: '12' }), 400, 'VALIDATION_FAILED');
  refused('an empty message', await send({ ...text, message: ' ' }), 400, 'VALIDATION_FAILED');
  refused('more than 4096 characters', await send({ ...text, message: 'x'.repeat(4097) }), 400, 'VALIDATION_FAILED');
  refused('an unknown type', await send({ ...text, type: 'fax' }), 400, 'VALIDATION_FAILED');
  refused('a lead that is not the recipient', await send({ ...text, to: '+12025550100', leadId: lead._id }), 400,
    'VALIDATION_FAILED', 'leadId does not match recipient');
  refused('an unknown lead', await send({ ...text, leadId: NOBODY }), 404, 'CONTACT_NOT_FOUND', 'Contact not found');
  refused('an unknown template', await send({ to: lead.phone, type: 'template', templateId: NOBODY }), 404,
    'TEMPLATE_NOT_FOUND', 'Template not found');
  refused('a file that is not on the public web', await send({ ...text, mediaUrl: 'http://localhost/a.jpg' }), 400,
    'VALIDATION_FAILED');

  refused('free text to somebody who has not written', await send(text), 400, 'WINDOW_CLOSED');
  const after = await coach.data(`/contacts/${lead._id}`);
  check('which leaves nothing behind', after.messageCount === lead.messageCount, after.messageCount);

  refused('a bulk to nobody', await coach.post('/send-bulk', { contacts: [], message: 'Hello!', type: 'text' }), 400,
    'VALIDATION_FAILED');
  const contacts = [{ phone: lead.phone }, { phone: lead.phone }, { phone: '12' }];
  const plan = await coach.post('/bulk/check', { contacts, message: 'Hello!', type: 'text' });
  check('a dry run says who would get a bulk, and why others would not', plan.status === 200
    && plan.body.data.recipients.map((one) => one.code).join() === 'WINDOW_CLOSED,DUPLICATE,INVALID_PHONE', plan);

  if (!SENDS || !chat) return skip('a text, a template, a picture and a bulk', whyNotSent());
  const to = { to: chat.contactPhone, leadId: chat.contactId };
  await sent('a text', '/send', { ...to, message: 'Hello! This is a test message.', type: 'text' });
  await sent('a template', '/send', {
    ...to,
    type: 'template',
    templateId: template._id,
    templateParameters: { 'lead.name': 'John Doe', 'client.goal': 'Weight Loss' },
  });
  await sent('a picture', '/send', { ...to, type: 'image', mediaUrl: MEDIA_URL, caption: 'A picture' });
  await bulk('/send-bulk', coach, 1);
  const { messages } = await coach.data(`/inbox/conversation/${chat.contactId}`);
  check('and stand in the conversation as they were sent',
    messages.some((message) => message.content.text?.startsWith("Hello John Doe! Your goal is Weight Loss")));
}

/** To one who can be written to, to her again, and to one who cannot: one is sent, one skipped, one fails. */
async function bulk(path, client, price) {
  const contacts = [
    { phone: chat.contactPhone, leadId: chat.contactId },
    { phone: chat.contactPhone },
    { phone: lead.phone, leadId: lead._id },
  ];
  const body = { contacts, message: 'Hello everyone! This is a bulk message.', type: 'text', delay: 0, coachId: me._id };
  const answer = await client.post(path, body);
  const { data } = answer.body;
  check('a bulk goes to those who can be written to', answer.status === 200 && data.total === 3
    && data.successful === 1 && data.skipped === 1 && data.failed === 1 && data.creditsUsed === price, answer);
  check('and says what became of each', data?.results.length === 1 && data.results[0].success === true
    && data.skippedContacts[0].code === 'DUPLICATE' && data.errors[0].code === 'WINDOW_CLOSED', data);
  const progress = await client.ask('GET', data.progressUrl);
  check('its progress can be asked for', progress.status === 200 && progress.body.data.status === 'completed', progress);
}

async function templateManagement() {
  const list = await coach.data('/templates?type=whatsapp&limit=200');
  check('the list has the documented fields', Number.isInteger(list.total) && list.templates.every((one) =>
    has(one, '_id', 'name', 'description', 'type', 'category', 'content', 'availableVariables', 'isPreBuilt')
      && has(one.usageStats, 'totalUses', 'lastUsed', 'successRate')));

  const edited = await coach.put(`/templates/${template._id}`, { content: { body: 'Hi {{lead.name}}' } });
  check('a change makes the next version', edited.status === 200 && edited.body.data.version === 2, edited);
  const versions = await coach.data(`/templates/${template._id}/versions`);
  check('and keeps the former one', versions.versions.length === 2, versions);

  const name = `Global test ${Date.now()}`;
  const global = await made('/admin/templates', {
    name,
    description: 'Made by test-messaging-system.js',
    type: 'whatsapp',
    category: 'welcome',
    content: { body: 'Hello {{lead.name}}! Welcome to {{system.company}}.' },
    availableVariables: [{ name: 'lead.name', description: 'Full name', example: 'John Doe', required: true }],
    tags: ['test'],
  }, admin);
  const found = await coach.data(`/templates?category=welcome&search=${encodeURIComponent(name)}`);
  check("an admin's template is every coach's", found.total === 1 && found.templates[0].isPreBuilt === true, found);
  refused('a coach who changes it', await coach.put(`/templates/${global._id}`, { name: 'Mine' }), 403, 'FORBIDDEN');
  const renamed = await admin.put(`/admin/templates/${global._id}`, { name: `${name} (updated)` });
  check('an admin may, and what is left out stays',
    renamed.status === 200 && renamed.body.data.content.body === global.content.body, renamed);
  check('an admin may delete it', (await admin.delete(`/admin/templates/${global._id}`)).status === 200);
  refused('after which it', await coach.get(`/templates/${global._id}/preview`), 404, 'TEMPLATE_NOT_FOUND',
    'Template not found');
}

async function inbox() {
  const list = await coach.data('/inbox?page=1&limit=50&unreadOnly=false');
  check('the list has the documented fields', isPagination(list.pagination) && list.conversations.every((row) =>
    has(row, 'contactPhone', 'lastMessage', 'unreadCount', 'totalMessages') && isMessage(row.lastMessage)));
  const unread = await coach.data('/inbox?unreadOnly=true');
  check('unreadOnly leaves only unread ones', unread.conversations.every((row) => row.unreadCount > 0));
  refused('the conversation with nobody', await coach.get(`/inbox/conversation/${NOBODY}`), 404, 'CONTACT_NOT_FOUND',
    'Contact not found');
  refused('a message of nobody', await coach.put(`/inbox/messages/${NOBODY}/read`), 404, 'MESSAGE_NOT_FOUND');

  const empty = await coach.data(`/inbox/conversation/${lead._id}`);
  check('a contact nobody has written with has a conversation, too',
    empty.contact.id === lead._id && empty.pagination.total === lead.messageCount, empty);

  const row = list.conversations.find((conversation) => conversation.unreadCount > 0) ?? list.conversations[0];
  if (!row) return skip('reading a conversation', 'the inbox is empty');
  const thread = await coach.data(`/inbox/conversation/${row.contactId}?page=1&limit=200`);
  check('a conversation has its contact and its messages', has(thread.contact, 'id', 'name', 'email', 'phone')
    && thread.messages.length > 0 && thread.messages.every(isMessage) && isPagination(thread.pagination));
  check('oldest first', ascending(thread.messages.map((message) => message.sentAt)));
  const again = await coach.data(`/inbox/conversation/${row.contactId}?page=1&limit=200`);
  check('looking at it marks nothing as read', again.messages.filter((message) => !message.isRead).length
    >= thread.messages.filter((message) => !message.isRead).length);
  await markAsRead(list.conversations);
  if (!SENDS || !chat) return skip('a reply', whyNotSent());
  await sent('a reply', '/inbox/send', { contactId: chat.contactId, message: 'Thanks for your message!', type: 'text' });
}

/** A message that is read already: marking an unread one would tell the customer. */
async function markAsRead(conversations) {
  for (const { contactId } of conversations.slice(0, 10)) {
    const { messages } = await coach.data(`/inbox/conversation/${contactId}?limit=200`);
    const message = messages.find((one) => one.senderType === 'lead' && one.isRead);
    if (message) {
      const answer = await coach.put(`/inbox/messages/${message._id}/read`);
      check('a message is marked as read, a second time, too', answer.status === 200 && answer.body.data.isRead, answer);
      return;
    }
  }
  skip('marking as read', 'no message is read already, and marking another would send a read receipt');
}

async function statistics() {
  const stats = await coach.data('/stats');
  check('all numbers are there', wholeNumbers(stats, 'totalMessages', 'sentMessages', 'deliveredMessages',
    'readMessages', 'failedMessages'), stats);
  check('each contains the next: total, sent, delivered, read', ascending(
    [stats.readMessages, stats.deliveredMessages, stats.sentMessages, stats.totalMessages]), stats);
  const rate = stats.totalMessages ? (stats.deliveredMessages * 100) / stats.totalMessages : 0;
  check('the success rate is what was delivered of all, in percent with two decimals',
    /^\d+\.\d\d$/.test(stats.successRate) && Math.abs(stats.successRate - rate) <= 0.01, stats);
  check('the newest messages are hers', stats.recentMessages.length <= stats.totalMessages
    && stats.recentMessages.every((message) => has(message, '_id', 'recipientPhone', 'content', 'sentAt', 'status')));
  check('credits have balance, status and use', wholeNumbers(stats.credits, 'balance', 'totalUsed')
    && ['active', 'suspended', 'expired'].includes(stats.credits.status), stats.credits);
  const verified = await coach.data('/credits/verify');
  check('credits add up', verified.valid === true, verified);
}

async function adminOversight() {
  const contacts = await admin.data('/admin/contacts?page=1&limit=50');
  check("everybody's contacts", isPagination(contacts.pagination) && contacts.contacts.length > 0
    && contacts.contacts.every((contact) => has(contact, '_id', 'phone', 'messageCount', 'coach')));
  const found = await admin.data(`/admin/contacts/search?q=${encodeURIComponent(lead.email)}&coachId=${me._id}`);
  check('found across coaches', found.contacts.some((contact) => contact._id === lead._id));
  const templates = await admin.data(`/admin/templates?coachId=${me._id}&limit=200`);
  check("a coach's templates", templates.templates.every((template) => template.coachId === me._id));
  const inbox = await admin.data(`/admin/inbox?page=1&limit=5&coachId=${me._id}`);
  check("a coach's conversations", isPagination(inbox.pagination)
    && inbox.conversations.every((row) => row.coach._id === me._id && isMessage(row.lastMessage)));

  const thread = await admin.data(`/admin/inbox/conversation/${lead._id}`);
  const audit = await admin.data(`/admin/audit?action=conversation.viewed&subjectId=${lead._id}`);
  check('a look at a conversation is written down', thread.contact.id === lead._id && audit.entries.length > 0, audit);
  const messages = await admin.data(`/admin/coaches/${me._id}/messages?page=1&limit=5`);
  check("a coach's messages", isPagination(messages.pagination) && messages.messages.every(isMessage));
  const stats = await admin.data('/admin/stats');
  check('the system in numbers', wholeNumbers(stats, 'totalMessages', 'coachMessages', 'adminMessages')
    && stats.coachMessages + stats.adminMessages === stats.totalMessages && Array.isArray(stats.topCoaches), stats);
  const health = await admin.data('/admin/health');
  check('its health', ['database', 'whatsapp', 'credits'].every((part) => has(health[part], 'status')), health);

  refused('an admin without a recipient', await admin.post('/admin/send', { message: 'Hello!' }), 400,
    'VALIDATION_FAILED', 'Recipient phone number is required');
  if (!SENDS || !chat) return skip('sending as admin', whyNotSent());
  const body = { to: chat.contactPhone, leadId: chat.contactId, coachId: me._id, message: 'Hello from admin!' };
  const data = await sent('a message of an admin', '/admin/send', { ...body, type: 'text' }, admin);
  check('costs the coach nothing', data?.creditsUsed === 0, data);
  await bulk('/admin/send-bulk', admin, 0);
}

async function errors() {
  refused('what is no JSON', await coach.post('/send', '{"to'), 400, 'VALIDATION_FAILED');
  const wrong = await coach.post('/send', { to: { number: 5 } });
  refused('a field of the wrong type', wrong, 400, 'VALIDATION_FAILED');
  check('names the field', has(wrong.body.fields, 'to'), wrong.body);
  refused('a NUL character', await coach.post('/send', { to: lead.phone, message: 'a\u0000b' }), 400,
    'VALIDATION_FAILED');
  refused('page 0', await coach.get('/contacts?page=0'), 400, 'VALIDATION_FAILED');
  refused('limit 201', await coach.get('/inbox?limit=201'), 400, 'VALIDATION_FAILED');
  refused('a word for a number', await coach.get('/templates?limit=many'), 400, 'VALIDATION_FAILED');
  refused('a path that does not exist', await coach.get('/no-such-path'), 404, 'NOT_FOUND');
  refused('the wrong method', await coach.ask('PATCH', '/send', {}), 405, 'METHOD_NOT_ALLOWED');
  refused('a body that is not called JSON', await coach.ask('POST', '/send', 'to=1', { 'Content-Type': 'text/plain' }),
    415, 'UNSUPPORTED_MEDIA_TYPE');
  const { requestId } = await coach.get('/stats');
  check('every answer has an id to ask for', Boolean(requestId));
}

async function authentication() {
  const said = 'Access denied. Invalid token.';
  refused('no token', await new Client().get('/contacts'), 401, 'UNAUTHORIZED', said);
  refused('a token that is none', await new Client('x.y.z').get('/contacts'), 401, 'UNAUTHORIZED', said);
  const [header, payload, signature] = coach.token.split('.');
  const forged = [header, payload, [...signature].reverse().join('')].join('.');
  refused('a forged one', await new Client(forged).get('/contacts'), 401, 'UNAUTHORIZED', said);
  refused('a wrong password', await new Client().post('/api/auth/login', { email: `${NOBODY}@example.com`, password: 'x' }),
    401, 'BAD_CREDENTIALS');
  for (const [method, path] of [
    ['GET', '/admin/contacts'], ['GET', '/admin/contacts/search?q=jo'], ['POST', '/admin/send'],
    ['POST', '/admin/send-bulk'],
    ['GET', '/admin/templates'], ['POST', '/admin/templates'], ['PUT', `/admin/templates/${NOBODY}`],
    ['DELETE', `/admin/templates/${NOBODY}`], ['GET', '/admin/inbox'],
    ['GET', `/admin/inbox/conversation/${NOBODY}`], ['GET', '/admin/stats'],
    ['GET', `/admin/coaches/${me._id}/messages`],
  ]) {
    refused(`a coach at ${method} ${path.replace(me._id, '{coachId}')}`,
      await coach.ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : {}), 403, 'FORBIDDEN');
  }
  refused("an admin at a coach's door", await admin.get('/contacts'), 403, 'FORBIDDEN');
}

// ---- what the areas share

const isMessage = (message) => has(message, '_id', 'senderId', 'senderType', 'content', 'sentAt', 'status',
  'deliveryStatus', 'isRead');

/** Creates a template and has it deleted at the end. */
async function made(path, template, client = coach) {
  const { status, body } = await client.post(path, template);
  if (status !== 200) throw new Error(`POST ${path} answers ${status} ${JSON.stringify(body)}`);
  leftovers.push(() => client.delete(`${path}/${body.data._id}`));
  return body.data;
}

async function sent(what, path, body, client = coach) {
  const answer = await client.post(path, body);
  const { data } = answer.body;
  const documented = has(data, 'messageId', 'wamid', 'status', 'creditsUsed', 'remainingCredits');
  // 202: WhatsApp has not answered yet. The message is on its way all the same.
  check(`${what} is ${answer.status === 202 ? 'accepted' : 'sent'}`, documented
    && (answer.status === 200 && data.status === 'sent' && Boolean(data.wamid) || answer.status === 202), answer);
  return data;
}

function whyNotSent() {
  return SENDS ? 'no contact of hers has an open window' : 'nothing is sent without SEND=yes';
}

/** Somebody with a number of the range reserved for fiction, who is no contact of the coach's and wrote to nobody. */
async function newLead() {
  for (let attempt = 0; attempt < 20; attempt++) {
    const region = [202, 212, 303, 305, 312, 415, 503, 512, 617][Math.floor(Math.random() * 9)];
    const phone = `+1${region}55501${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`;
    // The name looks like a placeholder, which must never be filled in.
    const contact = { name: 'Zoe {{client.goal}} Zzyzx', phone, email: `zoe.${Date.now()}@example.com` };
    const { status, body } = await coach.post('/contacts', contact);
    if (status === 200) {
      leftovers.push(() => coach.delete(`/contacts/${body.data._id}`));
      const { window } = await coach.data(`/inbox/conversation/${body.data._id}`);
      if (!window.open) return body.data;
    } else if (status !== 409) throw new Error(`POST /contacts answers ${status} ${JSON.stringify(body)}`);
  }
  throw new Error('every number for fiction is a contact already');
}

async function openChat() {
  const { conversations } = await coach.data('/inbox?window=open&limit=200');
  const wanted = process.env.SEND_TO;
  return conversations.find((row) => row.contactPhone && (!wanted || row.contactId === wanted)) ?? null;
}

/** Whose token is it? Without a good one nothing else is worth trying. */
async function caller(variable, role) {
  const token = process.env[variable];
  if (!token) throw new Error(`${variable} is not set; see the top of this file`);
  const client = new Client(token);
  const { status, body } = await client.get('/api/auth/me');
  if (status !== 200) throw new Error(`${variable} is not accepted: ${status} ${body.message ?? ''}`);
  if (body.data.role !== role) throw new Error(`${variable} belongs to ${body.data.role}, not to ${role}`);
  return [client, body.data];
}

async function main() {
  [coach, me] = await caller('COACH_TOKEN', 'coach');
  [admin] = await caller('ADMIN_TOKEN', 'admin');
  console.log(`${BASE}, ${SENDS ? 'sending messages' : 'sending nothing (SEND=yes to send)'}`);
  chat = await openChat();
  lead = await newLead();
  await area('Template parameter system', templateParameters);
  await area('Contact access control', contactAccess);
  await area('Message sending (single & bulk)', messageSending);
  await area('Template management', templateManagement);
  await area('Inbox functionality', inbox);
  await area('Statistics and analytics', statistics);
  await area('Admin oversight features', adminOversight);
  await area('Error handling', errors);
  await area('Authentication & authorization', authentication);
}

/** Deletes what was made, last first. What has been deleted already is no failure. */
async function cleanUp() {
  for (const remove of leftovers.reverse()) {
    const { status, body } = await remove();
    if (status !== 200 && status !== 404) throw new Error(`a leftover stays: ${status} ${body.message}`);
  }
}

function broken(failure) {
  counts.failed++;
  const { cause, message } = failure;
  console.log(`✗ ${cause ? `${BASE}: ${cause.code ?? cause.message}` : message}`);
}

main().catch(broken).then(cleanUp).catch(broken).then(() => {
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed ? 1 : 0;
});
