import type { InEvery } from '../../i18n/languages'

const en = {
  title: 'Sign in to Wfm',
  link: 'Open the sign-in link that the demo printed or that your administrator gave you. It works once.',
  again: 'I am signed in',
}

type SignInWords = typeof en

export const words: InEvery<SignInWords> = {
  en,
  zh: {
    title: '登录 Wfm',
    link: '请打开演示程序打印的或管理员给您的登录链接。链接只能使用一次。',
    again: '我已登录',
  },
  'pt-BR': {
    title: 'Entrar no Wfm',
    link: 'Abra o link de acesso que a demonstração mostrou ou que o administrador lhe deu. Ele funciona uma vez.',
    again: 'Já entrei',
  },
  es: {
    title: 'Entrar en Wfm',
    link: 'Abra el enlace de acceso que mostró la demostración o que le dio su administrador. Funciona una sola vez.',
    again: 'Ya he entrado',
  },
  ms: {
    title: 'Log masuk ke Wfm',
    link: 'Buka pautan log masuk yang dicetak oleh demo atau yang diberikan oleh pentadbir anda. Ia boleh digunakan sekali sahaja.',
    again: 'Saya sudah log masuk',
  },
}
