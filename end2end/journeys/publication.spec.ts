// 公示: agreed to, masked, proposed by one, checked by another, read by everybody, and taken down on request.

import { PHONE } from '../support/machine.ts';
import { expect, test } from '../support/test.ts';

test.describe('without JavaScript for the public', () => {
  test('what the petitioner agreed to is read by everybody without names, and taken down on request', async ({
    server, api, desk, browser,
  }) => {
    test.setTimeout(120_000);
    const registrar = await api('dengji');
    const bridge = await registrar.find('危桥');
    const dengji = (await desk('dengji')).page;
    await dengji.goto(`${server.origin}/w/publish/${bridge.id}`);
    await expect(dengji.getByText('信访人没有同意公开，不能公示')).toBeVisible();
    await dengji.getByRole('button', { name: '本人同意了' }).click();
    const content = dengji.getByLabel('反映的事');
    await content.fill(`${await content.inputValue()}找陈桂花，电话13800000005。`);
    await dengji.getByRole('button', { name: '提请公示' }).click();
    await expect(dengji.getByText(/还有“.+”，这是个人信息/)).toBeVisible();
    await expect(content).toHaveValue(/陈桂花/);
    await content.fill('桥面开裂，孩子上学要绕路。');
    await dengji.getByRole('button', { name: '提请公示' }).click();
    await expect(dengji.getByText('待核对')).toBeVisible();

    const shenhe = (await desk('shenhe')).page;
    await shenhe.goto(`${server.origin}/w/publish`);
    await shenhe.getByRole('link', { name: /待核对/ }).click();
    await shenhe.getByRole('button', { name: '核对过了，公示' }).click();
    await expect(shenhe.getByText('已公示')).toBeVisible();

    const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    await page.getByRole('link', { name: '办理结果公示' }).click();
    await page.getByRole('list', { name: '公示的事' }).getByRole('link').first().click();
    await expect(page.getByText('桥面开裂，孩子上学要绕路。')).toBeVisible();
    await expect(page.locator('body')).not.toContainText(/陈桂花|13800000005/);
    await page.getByRole('link', { name: '这是我的事，请撤下' }).click();
    await page.getByLabel(/哪里不合适/).fill('邻居都认出来了。');
    await page.getByRole('button', { name: '请求撤下' }).click();
    await expect(page.getByText('已经收到您的请求')).toBeVisible();
    await context.close();

    await shenhe.reload();
    await expect(shenhe.getByText('邻居都认出来了。')).toBeVisible();
    await shenhe.getByLabel('为什么撤下').fill('本人要求。');
    await shenhe.getByRole('button', { name: '撤下', exact: true }).click();
    await expect(shenhe.getByText('已撤下')).toBeVisible();
  });
});
