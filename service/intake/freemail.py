"""Mail domains that anybody can have: they say nothing of whom a person speaks for."""

_DOMAINS = """
126.com 139.com 163.com aim.com alice.it aol.com arcor.de att.net bellsouth.net bigpond.com
bluewin.ch btinternet.com comcast.net cox.net duck.com email.com email.cz fastmail.com
fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com
hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com inbox.com
interia.pl laposte.net libero.it live.co.uk live.com live.de live.fr live.nl mac.com mail.com
mail.ru mailbox.org me.com msn.com naver.com o2.pl onet.pl orange.fr outlook.com outlook.de
outlook.es outlook.fr pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com rambler.ru
rediffmail.com rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr sina.com sky.com
skynet.be t-online.de telenet.be terra.com.br tiscali.it tuta.com tutanota.com uol.com.br
verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in
yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it
yandex.com yandex.ru ymail.com zoho.com
"""

FREE_MAIL = frozenset(_DOMAINS.split())
