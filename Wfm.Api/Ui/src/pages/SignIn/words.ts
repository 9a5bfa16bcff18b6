import type { InEvery } from '../../i18n/languages'

const en = {
  title: 'Sign in to Wfm',
  key: 'API key',
  signIn: 'Sign in',
  link: 'Or open a sign-in link: the demo prints one, an administrator makes one. It works once.',
  stays: 'You stay signed in on this browser for twelve hours.',
}

type SignInWords = typeof en

export const words: InEvery<SignInWords> = {
  en,
  zh: {
    title: '登录 Wfm',
    key: 'API 密钥',
    signIn: '登录',
    link: '或者打开登录链接：演示程序会打印一个，管理员也可以生成。链接只能使用一次。',
    stays: '您将在此浏览器上保持登录十二小时。',
  },
  'pt-BR': {
    title: 'Entrar no Wfm',
    key: 'Chave da API',
    signIn: 'Entrar',
    link: 'Ou abra um link de acesso: a demonstração mostra um, um administrador cria um. Ele funciona uma vez.',
    stays: 'Você continua conectado neste navegador por doze horas.',
  },
  es: {
    title: 'Entrar en Wfm',
    key: 'Clave de la API',
    signIn: 'Entrar',
    link: 'O abra un enlace de acceso: la demostración muestra uno, un administrador lo crea. Funciona una sola vez.',
    stays: 'La sesión dura doce horas en este navegador.',
  },
  ms: {
    title: 'Log masuk ke Wfm',
    key: 'Kunci API',
    signIn: 'Log masuk',
    link: 'Atau buka pautan log masuk: demo mencetaknya, pentadbir menciptanya. Ia boleh digunakan sekali sahaja.',
    stays: 'Anda kekal log masuk pada pelayar ini selama dua belas jam.',
  },
}
