import { ALWAYS, ASK, FOLDERS, FOREVER, KIOSK_POLICY, POLICY, SCANNER_POLICY } from './headers.ts'
import type { SitePlace } from './place.ts'

/** Samples for web servers, and a service worker that takes the page's own away. */
export function samplesFor(place: SitePlace): ReadonlyMap<string, string> {
  return new Map([
    ['samples/nginx.conf', nginx(place)],
    ['samples/Caddyfile', caddy(place)],
    ['samples/stop/sw.js', STOP],
  ])
}

const ALWAYS_NGINX = Object.entries(ALWAYS)
  .map(([name, value]) => `  add_header ${name} "${value}" always;\n`)
  .join('')

const ALWAYS_CADDY = Object.entries(ALWAYS)
  .map(([name, value]) => `    ${name} "${value}"\n`)
  .join('')

const nginx = ({ origin, path }: SitePlace): string => `# nginx: what ${origin}${path} needs.
# The folder is a copy of the one that "veristamp site" wrote. Add certificates, as your host does it.

map $uri $veristamp_caching {
  default "${ASK}";
  "~^${path}(kiosk/)?assets/" "${FOREVER}";
  "~^${path}pictures/[0-9a-f]{16}\\." "${FOREVER}";
  "~^${path}lists/.+\\.cbor$" "${FOREVER}";
}
map $uri $veristamp_kiosk_caching {
  default "${ASK}";
  "~^/(assets/|pictures/[0-9a-f]{16}\\.|lists/.+\\.cbor$)" "${FOREVER}";
}
map $uri $veristamp_policy {
  default "${POLICY}";
  "~^${path}assets/worker-" "${SCANNER_POLICY}";
  "~^${path}kiosk/" "${KIOSK_POLICY}";
}
# Beside those of nginx's own mime.types.
types {
  application/cbor cbor;
  application/manifest+json webmanifest;
}

server {
  listen 443 ssl http2;
  server_name ${origin.slice('https://'.length)};
  root /srv/veristamp;
  absolute_redirect off;

  # A stamp's address is nobody's business, not even that of a log.
  access_log off;

  gzip on;
  gzip_types application/cbor application/javascript application/json application/wasm image/svg+xml text/css text/javascript;

  add_header Cache-Control $veristamp_caching always;
  add_header Content-Security-Policy $veristamp_policy always;
  add_header Strict-Transport-Security "max-age=31536000" always;
${ALWAYS_NGINX}
${typedNginx(path)}  # What is a file is a file.
  location ~ ^${path}(${FOLDERS.join('|')})/ {
    index index.html;
    try_files $uri $uri/ =404;
  }
  # Anything else is the page: it reads the stamp in its own address.
  location ${path} {
    try_files $uri ${path}index.html;
  }
}

# The kiosk on a host of its own: a copy of kiosk/, with lists/ and pictures/ beside its page.
server {
  listen 443 ssl http2;
  server_name kiosk.${origin.slice('https://'.length)};
  root /srv/veristamp-kiosk;
  gzip on;
  gzip_types application/cbor application/javascript application/json application/wasm image/svg+xml text/css text/javascript;
  add_header Cache-Control $veristamp_kiosk_caching always;
  add_header Content-Security-Policy "${KIOSK_POLICY}" always;
  add_header Strict-Transport-Security "max-age=31536000" always;
${ALWAYS_NGINX}}
`

/** As people type it: in small letters, without the last stroke. */
const typedNginx = (path: string): string =>
  path === '/'
    ? ''
    : `  location ~* ^(/|${path.replace(/\/$/, '')}/?)$ {
    if ($uri != ${path}) { return 302 ${path}; }
    try_files ${path}index.html =404;
  }
`

const typedCaddy = (path: string): string =>
  path === '/'
    ? ''
    : `  # As people type it: in small letters, without the last stroke, or the host alone.
  @typed {
    path_regexp (?i)^(/|${path}?)$
    not path_regexp ^${path}$
  }
  redir @typed ${path} 302

`

const caddy = ({ origin, path }: SitePlace): string => `# Caddy: what ${origin}${path} needs.
# The folder is a copy of the one that "veristamp site" wrote. Without a line "log", Caddy logs no address.

${origin.slice('https://'.length)} {
  root * /srv/veristamp
  encode {
    gzip
    match {
      header Content-Type text/*
      header Content-Type application/*
      header Content-Type image/svg+xml*
    }
  }
  @cbor path *.cbor
  header @cbor Content-Type application/cbor

  map {path} {veristamp_caching} {
    ~^${path}((kiosk/)?assets/|pictures/[0-9a-f]{16}\\.|lists/.+\\.cbor$) "${FOREVER}"
    default "${ASK}"
  }
  map {path} {veristamp_policy} {
    ~^${path}assets/worker- "${SCANNER_POLICY}"
    ~^${path}kiosk/ "${KIOSK_POLICY}"
    default "${POLICY}"
  }
  header {
    Cache-Control {veristamp_caching}
    Content-Security-Policy {veristamp_policy}
    Strict-Transport-Security "max-age=31536000"
${ALWAYS_CADDY}  }

${typedCaddy(path)}  # Anything that is no file is the page: it reads the stamp in its own address.
  @stamp {
    path ${path}*
    not path ${FOLDERS.map((folder) => `${path}${folder}/*`).join(' ')}
    not file
  }
  rewrite @stamp ${path}index.html
  file_server
}

# The kiosk on a host of its own: a copy of kiosk/, with lists/ and pictures/ beside its page.
kiosk.${origin.slice('https://'.length)} {
  root * /srv/veristamp-kiosk
  encode gzip
  @cbor path *.cbor
  header @cbor Content-Type application/cbor
  map {path} {veristamp_caching} {
    ~^/(assets/|pictures/[0-9a-f]{16}\\.|lists/.+\\.cbor$) "${FOREVER}"
    default "${ASK}"
  }
  header {
    Cache-Control {veristamp_caching}
    Content-Security-Policy "${KIOSK_POLICY}"
    Strict-Transport-Security "max-age=31536000"
${ALWAYS_CADDY}  }
  file_server
}
`

/** In the place of sw.js it takes the page off every phone that comes by: the next visit asks the server again. */
const STOP = `self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(stop()))

async function stop() {
  const own = (await caches.keys()).filter((name) => name.startsWith('page-'))
  await Promise.all(own.map((name) => caches.delete(name)))
  await self.registration.unregister()
  for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url)
}
`
