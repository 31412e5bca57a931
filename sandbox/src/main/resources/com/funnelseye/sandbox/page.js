'use strict'

const byId = (id) => document.getElementById(id)
const list = byId('phone-list')
const chat = byId('chat')
const reply = byId('reply')

/** The chosen phone's digits live in the address, so a reload comes back to it. */
const chosen = () => location.hash.replace(/[^0-9]/g, '')
let state = null

function element(tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

async function call(method, path, body) {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  options.headers = { 'Content-Type': 'application/json' }
  const response = await fetch('/sandbox/' + path, options)
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

function tell(place, problem) {
  place.textContent = problem ? problem.message : ''
  place.hidden = !problem
}

/* Words and times */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const today = () => new Date().toDateString()

function whenInList(at) {
  const date = new Date(at)
  return date.toDateString() === today() ? clock.format(date) : shortDay.format(date)
}

function dayOf(at) {
  const date = new Date(at)
  return date.toDateString() === today() ? 'Today' : dayName.format(date)
}

/** Grouped so that an eye can compare two numbers; +1 as people there write it. */
function pretty(digits) {
  const american = digits.match(/^1(\d{3})(\d{3})(\d{4})$/)
  if (american) return `+1 ${american[1]} ${american[2]} ${american[3]}`
  return '+' + digits.slice(0, 2) + ' ' + digits.slice(2).replace(/(\d{4})(?=\d{3})/g, '$1 ')
}

const initial = (name) => ([...name.trim()][0] ?? '?').toUpperCase()

const FILE_WORDS = { image: 'Photo', video: 'Video', audio: 'Audio', document: 'Document' }
const STATUS_WORDS = { sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Failed' }

/* The list of phones */

function showPhones(phones) {
  byId('no-phones').hidden = phones.length > 0
  list.hidden = phones.length === 0
  const focused = document.activeElement?.dataset?.number
  list.replaceChildren(...phones.map(phoneRow))
  if (focused) list.querySelector(`[data-number="${focused}"]`)?.focus()
}

function phoneRow(phone) {
  const button = element('button')
  button.type = 'button'
  button.dataset.number = phone.number
  button.setAttribute('aria-current', String(phone.number === chosen()))
  button.addEventListener('click', () => { location.hash = phone.number })

  const avatar = element('span', 'avatar', initial(phone.profileName))
  avatar.setAttribute('aria-hidden', 'true')
  const text = element('span', 'text')
  const last = element('span', 'last', phone.lastText ?? pretty(phone.number))
  last.dir = 'auto'
  text.append(element('span', 'name', phone.profileName), last)
  const side = element('span', 'side')
  if (phone.lastAt) side.append(element('time', '', whenInList(phone.lastAt)))
  if (phone.unseen > 0 && phone.number !== chosen()) {
    const dot = element('span', 'dot')
    dot.setAttribute('role', 'img')
    dot.setAttribute('aria-label', `${phone.unseen} new`)
    side.append(dot)
  }
  button.append(avatar, text, side)
  const row = element('li')
  row.append(button)
  return row
}

/* The chosen chat */

function showChat(view) {
  const wasChosen = chat.dataset.number === view.number
  const atEnd = !wasChosen || chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60
  byId('owner-name').textContent = view.profileName
  byId('owner-number').textContent = pretty(view.number)
  const texts = new Map(view.messages.map((message) => [message.wamid, message.text || FILE_WORDS[message.type]]))
  const rows = []
  let day = ''
  for (const message of view.messages) {
    if (dayOf(message.at) !== day) {
      day = dayOf(message.at)
      rows.push(element('li', 'day', day))
    }
    rows.push(messageRow(message, texts))
  }
  if (view.typing) rows.push(element('li', 'typing', `${state.business.verifiedName} is typing…`))
  if (rows.length === 0) rows.push(element('li', 'day', 'Nothing here yet. Write the first message below.'))
  patch(rows)
  chat.dataset.number = view.number
  if (atEnd) chat.scrollTop = chat.scrollHeight
}

/** Rows that did not change stay, so that selected text and screen readers are not disturbed. */
function patch(rows) {
  rows.forEach((row, index) => {
    const old = chat.children[index]
    if (!old) chat.append(row)
    else if (!old.isEqualNode(row)) old.replaceWith(row)
  })
  while (chat.children.length > rows.length) chat.lastElementChild.remove()
}

function messageRow(message, texts) {
  const row = element('li', message.fromBusiness ? 'message' : 'message own')
  const bubble = element('div', 'bubble')
  if (message.quoting) {
    const quote = element('span', 'quote', texts.get(message.quoting) ?? 'An earlier message')
    quote.dir = 'auto'
    bubble.append(quote)
  }
  if (message.link) bubble.append(fileOf(message))
  if (message.text) {
    const text = element('span', '', message.text)
    text.dir = 'auto'
    bubble.append(text)
  }
  const meta = element('p', 'meta', clock.format(new Date(message.at)))
  const reached = reachedBy(message)
  if (reached) meta.append(' · ', reached)
  row.append(bubble, meta)
  return row
}

/** The page names the file and where it is; opening it is the viewer's choice. */
function fileOf(message) {
  const link = element('a', 'file', `${FILE_WORDS[message.type]}: ${message.filename ?? fileName(message.link)}`)
  link.href = message.link
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

const fileName = (link) => link.split(/[?#]/)[0].split('/').pop() || link

function reachedBy(message) {
  if (!message.fromBusiness) return message.readByBusiness ? element('span', 'read', 'Seen by the business') : null
  const words = message.status === 'failed' ? `Failed: ${message.failure}` : STATUS_WORDS[message.status] ?? 'Accepted'
  return element('span', message.status ?? '', words)
}

/* What is asked of the sandbox, never twice at a time */

let asking = false
let again = false

async function refresh() {
  if (asking) {
    again = true
    return
  }
  asking = true
  try {
    do {
      again = false
      await show()
    } while (again)
  } catch (problem) {
    connection('The sandbox does not answer', true)
  } finally {
    asking = false
  }
}

async function show() {
  const number = chosen()
  document.body.classList.toggle('in-chat', number !== '')
  state = await call('GET', 'state')
  showState()
  const view = number && await call('GET', 'phones/' + number).catch(() => null)
  if (number !== chosen()) {
    again = true
    return
  }
  byId('phone').hidden = !view
  byId('no-chat').hidden = Boolean(view)
  if (view) showChat(view)
  showPhones((await call('GET', 'phones')).phones)
}

function showState() {
  const { business, webhook } = state
  byId('business-name').textContent = business.verifiedName
  byId('business-initial').textContent = initial(business.verifiedName)
  byId('business-line').textContent = business.displayPhoneNumber
  const rows = byId('magic-rows')
  if (rows.children.length === 0) rows.append(...state.magicNumbers.map(magicRow))
  const waiting = webhook.deliveries.pending
  if (!webhook.url) connection('No webhook address yet', true)
  else if (!webhook.verified) connection('Waiting for the webhook’s handshake', true)
  else if (webhook.deliveries.held) connection(`Webhooks held: ${waiting} waiting`, true)
  else connection(waiting > 0 ? `Webhooks on their way: ${waiting}` : 'Webhooks delivered', false)
}

function magicRow(magic) {
  const row = element('tr')
  const number = element('th', '', pretty(magic.number.slice(1)))
  number.scope = 'row'
  row.append(number, element('td', '', magic.effect))
  return row
}

function connection(words, bad) {
  const line = byId('connection')
  if (line.textContent !== words) line.textContent = words
  line.classList.toggle('bad', bad)
}

/* What the customer does */

byId('reply-form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const text = reply.value.trim()
  if (!text) return
  const problem = byId('reply-problem')
  try {
    await call('POST', 'inbound', { from: '+' + chosen(), text })
    reply.value = ''
    grow()
    tell(problem, null)
    chat.scrollTop = chat.scrollHeight
    refresh()
  } catch (failure) {
    tell(problem, failure)
  }
})

reply.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault()
    byId('reply-form').requestSubmit()
  }
})

/** A hidden field has no height to measure yet. */
function grow() {
  reply.style.height = 'auto'
  if (reply.scrollHeight > 0) reply.style.height = reply.scrollHeight + 2 + 'px'
}
reply.addEventListener('input', grow)

byId('new-phone-form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = event.currentTarget
  const problem = form.querySelector('.problem')
  const number = form.elements.number.value
  const profileName = form.elements.profileName.value.trim()
  try {
    await call('POST', 'phones', profileName ? { number, profileName } : { number })
    form.reset()
    byId('new-phone').open = false
    tell(problem, null)
    location.hash = number.replace(/[^0-9]/g, '')
    reply.focus()
  } catch (failure) {
    tell(problem, failure)
  }
})

byId('back').addEventListener('click', () => { location.hash = '' })

addEventListener('hashchange', () => {
  reply.value = ''
  grow()
  tell(byId('reply-problem'), null)
  refresh()
})

const events = new EventSource('/sandbox/events')
events.addEventListener('message', refresh)
events.addEventListener('error', () => connection('The sandbox does not answer', true))
refresh()
