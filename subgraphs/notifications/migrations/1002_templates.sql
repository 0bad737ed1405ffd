-- The first version of every text. The HTML is what stands inside the layout that all e-mails share.
insert into notifications.template (name, channel, locale, version, active, subject, text, html, created_at) values
    ('ACCOUNT_WELCOME', 'EMAIL', 'en', 1, true, $t$Welcome{% if name %}, {{ name }}{% endif %}$t$,
     $t$Hello{% if name %} {{ name }}{% endif %},

your account is ready. Sign in with this e-mail address to see your orders, your addresses and what we tell you.

If you did not open an account, you can ignore this message.
$t$,
     $t$<p>Hello{% if name %} {{ name }}{% endif %},</p>
<p>your account is ready. Sign in with this e-mail address to see your orders, your addresses and what we tell you.</p>
<p>If you did not open an account, you can ignore this message.</p>$t$, now()),
    ('ACCOUNT_WELCOME', 'EMAIL', 'de', 1, true, $t$Willkommen{% if name %}, {{ name }}{% endif %}$t$,
     $t$Guten Tag{% if name %} {{ name }}{% endif %},

Ihr Konto ist bereit. Melden Sie sich mit dieser E-Mail-Adresse an, um Ihre Bestellungen, Adressen und Mitteilungen zu sehen.

Wenn Sie kein Konto eröffnet haben, können Sie diese Nachricht ignorieren.
$t$,
     $t$<p>Guten Tag{% if name %} {{ name }}{% endif %},</p>
<p>Ihr Konto ist bereit. Melden Sie sich mit dieser E-Mail-Adresse an, um Ihre Bestellungen, Adressen und Mitteilungen zu sehen.</p>
<p>Wenn Sie kein Konto eröffnet haben, können Sie diese Nachricht ignorieren.</p>$t$, now()),
    ('PASSWORD_CHANGED', 'EMAIL', 'en', 1, true, $t$Your password was changed$t$,
     $t$Hello{% if name %} {{ name }}{% endif %},

the password of your account was changed on {{ at }}.

If it was not you, reset your password now and end the sessions that you do not know.
$t$,
     $t$<p>Hello{% if name %} {{ name }}{% endif %},</p>
<p>the password of your account was changed on {{ at }}.</p>
<p><strong>If it was not you</strong>, reset your password now and end the sessions that you do not know.</p>$t$, now()),
    ('PASSWORD_CHANGED', 'EMAIL', 'de', 1, true, $t$Ihr Passwort wurde geändert$t$,
     $t$Guten Tag{% if name %} {{ name }}{% endif %},

das Passwort Ihres Kontos wurde am {{ at }} geändert.

Wenn Sie das nicht waren, setzen Sie Ihr Passwort jetzt zurück und beenden Sie Sitzungen, die Sie nicht kennen.
$t$,
     $t$<p>Guten Tag{% if name %} {{ name }}{% endif %},</p>
<p>das Passwort Ihres Kontos wurde am {{ at }} geändert.</p>
<p><strong>Wenn Sie das nicht waren</strong>, setzen Sie Ihr Passwort jetzt zurück und beenden Sie Sitzungen, die Sie nicht kennen.</p>$t$, now()),
    ('ORDER_CONFIRMED', 'EMAIL', 'en', 1, true, $t$Your order {{ order.number }} is confirmed$t$,
     $t$Thank you for your order {{ order.number }} of {{ order.placed_on }}. It is paid, and we are getting it ready.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}

Subtotal: {{ order.subtotal }}
Delivery: {{ order.shipping }}
Tax: {{ order.tax }}
Total: {{ order.total }}

We deliver to:
{% for line in order.address %}
  {{ line }}
{% endfor %}
$t$,
     $t$<p>Thank you for your order <strong>{{ order.number }}</strong> of {{ order.placed_on }}. It is paid, and we are getting it ready.</p>
<table role="presentation" width="100%" cellpadding="4">
{% for line in order.lines %}
<tr><td>{{ line.quantity }} × {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}</td><td align="right">{{ line.total }}</td></tr>
{% endfor %}
<tr><td>Subtotal</td><td align="right">{{ order.subtotal }}</td></tr>
<tr><td>Delivery</td><td align="right">{{ order.shipping }}</td></tr>
<tr><td>Tax</td><td align="right">{{ order.tax }}</td></tr>
<tr><td><strong>Total</strong></td><td align="right"><strong>{{ order.total }}</strong></td></tr>
</table>
<p>We deliver to:</p>
<p>{% for line in order.address %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</p>$t$, now()),
    ('ORDER_CONFIRMED', 'EMAIL', 'de', 1, true, $t$Ihre Bestellung {{ order.number }} ist bestätigt$t$,
     $t$Vielen Dank für Ihre Bestellung {{ order.number }} vom {{ order.placed_on }}. Sie ist bezahlt, und wir bereiten sie vor.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}

Zwischensumme: {{ order.subtotal }}
Versand: {{ order.shipping }}
Steuern: {{ order.tax }}
Gesamt: {{ order.total }}

Wir liefern an:
{% for line in order.address %}
  {{ line }}
{% endfor %}
$t$,
     $t$<p>Vielen Dank für Ihre Bestellung <strong>{{ order.number }}</strong> vom {{ order.placed_on }}. Sie ist bezahlt, und wir bereiten sie vor.</p>
<table role="presentation" width="100%" cellpadding="4">
{% for line in order.lines %}
<tr><td>{{ line.quantity }} × {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}</td><td align="right">{{ line.total }}</td></tr>
{% endfor %}
<tr><td>Zwischensumme</td><td align="right">{{ order.subtotal }}</td></tr>
<tr><td>Versand</td><td align="right">{{ order.shipping }}</td></tr>
<tr><td>Steuern</td><td align="right">{{ order.tax }}</td></tr>
<tr><td><strong>Gesamt</strong></td><td align="right"><strong>{{ order.total }}</strong></td></tr>
</table>
<p>Wir liefern an:</p>
<p>{% for line in order.address %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</p>$t$, now()),
    ('ORDER_REJECTED', 'EMAIL', 'en', 1, true, $t$We cannot take your order {{ order.number }}$t$,
     $t$We are sorry: your order {{ order.number }} could not be taken.{% if order.reason %} The reason: {{ order.reason }}{% endif %}

Nothing was charged.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}
$t$,
     $t$<p>We are sorry: your order <strong>{{ order.number }}</strong> could not be taken.</p>
{% if order.reason %}<p>The reason: {{ order.reason }}</p>{% endif %}
<p>Nothing was charged.</p>$t$, now()),
    ('ORDER_REJECTED', 'EMAIL', 'de', 1, true, $t$Wir können Ihre Bestellung {{ order.number }} nicht annehmen$t$,
     $t$Es tut uns leid: Ihre Bestellung {{ order.number }} konnte nicht angenommen werden.{% if order.reason %} Der Grund: {{ order.reason }}{% endif %}

Es wurde nichts abgebucht.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}
$t$,
     $t$<p>Es tut uns leid: Ihre Bestellung <strong>{{ order.number }}</strong> konnte nicht angenommen werden.</p>
{% if order.reason %}<p>Der Grund: {{ order.reason }}</p>{% endif %}
<p>Es wurde nichts abgebucht.</p>$t$, now()),
    ('ORDER_CANCELLED', 'EMAIL', 'en', 1, true, $t$Your order {{ order.number }} is cancelled$t$,
     $t$Your order {{ order.number }} over {{ order.total }} is cancelled.{% if order.reason %} The reason: {{ order.reason }}{% endif %}

If it was charged, you get the money back on the way you paid.
$t$,
     $t$<p>Your order <strong>{{ order.number }}</strong> over {{ order.total }} is cancelled.</p>
{% if order.reason %}<p>The reason: {{ order.reason }}</p>{% endif %}
<p>If it was charged, you get the money back on the way you paid.</p>$t$, now()),
    ('ORDER_CANCELLED', 'EMAIL', 'de', 1, true, $t$Ihre Bestellung {{ order.number }} ist storniert$t$,
     $t$Ihre Bestellung {{ order.number }} über {{ order.total }} ist storniert.{% if order.reason %} Der Grund: {{ order.reason }}{% endif %}

Wurde sie abgebucht, erhalten Sie das Geld auf dem Weg zurück, auf dem Sie bezahlt haben.
$t$,
     $t$<p>Ihre Bestellung <strong>{{ order.number }}</strong> über {{ order.total }} ist storniert.</p>
{% if order.reason %}<p>Der Grund: {{ order.reason }}</p>{% endif %}
<p>Wurde sie abgebucht, erhalten Sie das Geld auf dem Weg zurück, auf dem Sie bezahlt haben.</p>$t$, now()),
    ('ORDER_SHIPPED', 'EMAIL', 'en', 1, true, $t$Your order {{ order.number }} is on its way$t$,
     $t$Your order {{ order.number }} was handed to the carrier.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}

It goes to:
{% for line in order.address %}
  {{ line }}
{% endfor %}
$t$,
     $t$<p>Your order <strong>{{ order.number }}</strong> was handed to the carrier. It goes to:</p>
<p>{% for line in order.address %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</p>$t$, now()),
    ('ORDER_SHIPPED', 'EMAIL', 'de', 1, true, $t$Ihre Bestellung {{ order.number }} ist unterwegs$t$,
     $t$Ihre Bestellung {{ order.number }} wurde dem Versanddienst übergeben.

{% for line in order.lines %}
  {{ line.quantity }} x {{ line.title }}{% if line.variant_title %} ({{ line.variant_title }}){% endif %}  {{ line.total }}
{% endfor %}

Sie geht an:
{% for line in order.address %}
  {{ line }}
{% endfor %}
$t$,
     $t$<p>Ihre Bestellung <strong>{{ order.number }}</strong> wurde dem Versanddienst übergeben. Sie geht an:</p>
<p>{% for line in order.address %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</p>$t$, now()),
    ('ORDER_DELIVERED', 'EMAIL', 'en', 1, true, $t$Your order {{ order.number }} has arrived$t$,
     $t$Your order {{ order.number }} was delivered. We hope you like it.
$t$,
     $t$<p>Your order <strong>{{ order.number }}</strong> was delivered. We hope you like it.</p>$t$, now()),
    ('ORDER_DELIVERED', 'EMAIL', 'de', 1, true, $t$Ihre Bestellung {{ order.number }} ist angekommen$t$,
     $t$Ihre Bestellung {{ order.number }} wurde zugestellt. Wir hoffen, sie gefällt Ihnen.
$t$,
     $t$<p>Ihre Bestellung <strong>{{ order.number }}</strong> wurde zugestellt. Wir hoffen, sie gefällt Ihnen.</p>$t$, now()),
    ('ORDER_CONFIRMED', 'IN_APP', 'en', 1, true, $t$Order {{ order.number }} confirmed$t$,
     $t$Your order over {{ order.total }} is paid, and we are getting it ready.$t$,
     null, now()),
    ('ORDER_CONFIRMED', 'IN_APP', 'de', 1, true, $t$Bestellung {{ order.number }} bestätigt$t$,
     $t$Ihre Bestellung über {{ order.total }} ist bezahlt, und wir bereiten sie vor.$t$,
     null, now()),
    ('ORDER_REJECTED', 'IN_APP', 'en', 1, true, $t$Order {{ order.number }} not taken$t$,
     $t$Your order could not be taken, and nothing was charged.{% if order.reason %} The reason: {{ order.reason }}{% endif %}$t$,
     null, now()),
    ('ORDER_REJECTED', 'IN_APP', 'de', 1, true, $t$Bestellung {{ order.number }} nicht angenommen$t$,
     $t$Ihre Bestellung konnte nicht angenommen werden, und es wurde nichts abgebucht.{% if order.reason %} Der Grund: {{ order.reason }}{% endif %}$t$,
     null, now()),
    ('ORDER_CANCELLED', 'IN_APP', 'en', 1, true, $t$Order {{ order.number }} cancelled$t$,
     $t$Your order over {{ order.total }} is cancelled.{% if order.reason %} The reason: {{ order.reason }}{% endif %}$t$,
     null, now()),
    ('ORDER_CANCELLED', 'IN_APP', 'de', 1, true, $t$Bestellung {{ order.number }} storniert$t$,
     $t$Ihre Bestellung über {{ order.total }} ist storniert.{% if order.reason %} Der Grund: {{ order.reason }}{% endif %}$t$,
     null, now()),
    ('ORDER_SHIPPED', 'IN_APP', 'en', 1, true, $t$Order {{ order.number }} on its way$t$,
     $t$Your order was handed to the carrier.$t$,
     null, now()),
    ('ORDER_SHIPPED', 'IN_APP', 'de', 1, true, $t$Bestellung {{ order.number }} unterwegs$t$,
     $t$Ihre Bestellung wurde dem Versanddienst übergeben.$t$,
     null, now()),
    ('ORDER_DELIVERED', 'IN_APP', 'en', 1, true, $t$Order {{ order.number }} delivered$t$,
     $t$Your order has arrived. We hope you like it.$t$,
     null, now()),
    ('ORDER_DELIVERED', 'IN_APP', 'de', 1, true, $t$Bestellung {{ order.number }} zugestellt$t$,
     $t$Ihre Bestellung ist angekommen. Wir hoffen, sie gefällt Ihnen.$t$,
     null, now()),
    ('STOCK_LOW', 'IN_APP', 'en', 1, true, $t$Low stock: {{ available }} left$t$,
     $t$Variant {{ variant_id }} has {{ available }} units left; its threshold is {{ threshold }}.$t$,
     null, now()),
    ('STOCK_LOW', 'IN_APP', 'de', 1, true, $t$Niedriger Bestand: noch {{ available }}$t$,
     $t$Von der Variante {{ variant_id }} sind noch {{ available }} Stück da; der Schwellenwert ist {{ threshold }}.$t$,
     null, now());
